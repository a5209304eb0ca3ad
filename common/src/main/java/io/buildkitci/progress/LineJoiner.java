package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins pieces of one output stream to whole masked lines. A piece may end inside a code point, a line, a secret or a
 * control sequence. Of what a carriage return overwrites (progress bars) only the last is kept; of control sequences
 * only colours, and not even those where they stand inside a secret.
 *
 * <p>A line longer than 64 KiB comes as several, cut where no secret is. Not safe for use by several threads.
 */
public final class LineJoiner {
    /** In characters. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final String MASK = "***";

    private final Redactor redactor;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ControlFilter filter = new ControlFilter();
    private final StringBuilder line = new StringBuilder();
    private byte[] rest = {};
    private String overwritten = "";

    public LineJoiner(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The lines that this piece completes. */
    public List<String> accept(ByteBuffer piece) {
        List<String> lines = new ArrayList<>();
        CharBuffer text = decode(piece);
        while (text.hasRemaining()) {
            take(text.get(), lines);
        }
        return lines;
    }

    /** What has come since the last line end, if anything; the stream has ended. */
    public List<String> end() {
        List<String> lines = new ArrayList<>();
        if (rest.length > 0) {
            rest = new byte[0];
            line.append('\ufffd');
        }
        if (line.length() > 0 || !overwritten.isEmpty()) {
            endLine(lines);
        }
        return lines;
    }

    /** The state of a progress bar: what was last ended by a carriage return and no line end yet; or empty. */
    public String overwritten() {
        return masked(overwritten);
    }

    private CharBuffer decode(ByteBuffer piece) {
        ByteBuffer bytes = ByteBuffer.allocate(rest.length + piece.remaining());
        bytes.put(rest).put(piece).flip();
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        utf8.reset().decode(bytes, text, false);
        rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return text.flip();
    }

    private void take(char c, List<String> lines) {
        if (c == '\n') {
            endLine(lines);
        } else if (c == '\r') {
            filter.newLine();
            overwritten = line.length() > 0 ? line.toString() : overwritten;
            line.setLength(0);
        } else {
            filter.take(c, line);
            if (line.length() > LONGEST_LINE + redactor.longest()) {
                cut(lines);
            }
        }
    }

    private void endLine(List<String> lines) {
        filter.newLine();
        lines.add(masked(line.length() > 0 ? line.toString() : overwritten));
        line.setLength(0);
        overwritten = "";
    }

    private void cut(List<String> lines) {
        String plain = Colours.strip(line.toString());
        line.setLength(0);
        if (plain.length() <= LONGEST_LINE + redactor.longest()) {
            line.append(plain);
            return;
        }
        int at = redactor.cut(plain, LONGEST_LINE);
        if (at > 0 && Character.isHighSurrogate(plain.charAt(at - 1))) {
            at--;
        }
        if (at == 0) {
            // nothing but secrets that overlap each other
            lines.add(MASK);
            return;
        }
        lines.add(redactor.redact(plain.substring(0, at)));
        line.append(plain, at, plain.length());
    }

    private String masked(String text) {
        String plain = Colours.strip(text);
        String redacted = redactor.redact(plain);
        return redacted.equals(plain) ? text : redacted;
    }
}

package io.buildkitci.process;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines as {@link LineListener} wants them: LF or CRLF ends a line, what is not UTF-8 becomes U+FFFD,
 * closing tells a last line without end. Holds one line at a time; for one thread.
 */
public final class LineSplitter extends OutputStream {
    private static final int USUAL = 1024;
    private static final int KEPT = 64 * USUAL;

    private final Consumer<String> lines;
    private byte[] line = new byte[USUAL];
    private int length;

    public LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int start = offset;
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i - start);
                tell(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
                start = i + 1;
            }
        }
        keep(bytes, start, offset + count - start);
    }

    @Override
    public void close() {
        if (length > 0) {
            tell(length);
        }
    }

    private void keep(byte[] bytes, int offset, int count) {
        if (line.length - length < count) {
            line = Arrays.copyOf(
                    line, Math.max(Math.addExact(length, count), (int) Math.min(2L * line.length, 1 << 30)));
        }
        System.arraycopy(bytes, offset, line, length, count);
        length += count;
    }

    private void tell(int end) {
        String text = new String(line, 0, end, StandardCharsets.UTF_8);
        length = 0;
        if (line.length > KEPT) {
            line = new byte[USUAL];
        }
        lines.accept(text);
    }
}

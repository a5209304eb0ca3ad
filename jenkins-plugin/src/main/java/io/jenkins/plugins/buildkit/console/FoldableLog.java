package io.jenkins.plugins.buildkit.console;

import hudson.model.TaskListener;
import io.buildkitci.console.PlainProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A log of progress with marks by which a page can fold what steps write. There is a mark at the first such line, and
 * another whenever so much was written that Jenkins may show the end of the log without the last one.
 */
public final class FoldableLog extends OutputStream {
    /** In bytes; Jenkins shows the last 150 KiB of a long log. */
    static final int MARK_EVERY = 32 * 1024;

    private final PrintStream log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long unmarked = MARK_EVERY;

    private FoldableLog(PrintStream log) {
        this.log = log;
    }

    /** Whole lines go on to that log, in its own encoding. */
    public static PrintStream over(TaskListener log) {
        return new PrintStream(new FoldableLog(log.getLogger()), false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        line.write(b);
        if (b == '\n') {
            tell();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            write(bytes[i]);
        }
    }

    /** A mark and its line are written as one: other branches write to the same log. */
    private void tell() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        unmarked += line.size();
        line.reset();
        if (unmarked >= MARK_EVERY && text.startsWith(PlainProgress.GUTTER)) {
            unmarked = 0;
            log.print(new StepOutputNote().encode() + text);
        } else {
            log.print(text);
        }
    }

    @Override
    public void flush() {
        log.flush();
    }
}

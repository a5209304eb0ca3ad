package io.buildkitci.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build check found.
 *
 * @param text rule and message in one line
 * @param file as the build names it; empty when the warning points nowhere
 * @param line the first line it is about, from 1; 0 when unknown
 * @param lastLine the last line it is about; 0 when unknown
 * @param step digest of the step that found it; empty when it is not told
 */
public record Warning(String text, List<String> detail, String url, String file, int line, int lastLine, String step) {
    public Warning {
        detail = List.copyOf(detail);
    }

    /** Of no step that is told. */
    public Warning(String text, List<String> detail, String url, String file, int line, int lastLine) {
        this(text, detail, url, file, line, lastLine, "");
    }

    /** Written out, like {@link #hashCode}, for what a record brings itself is linked when it is first used: see ADR 7. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Warning warning
                && line == warning.line
                && lastLine == warning.lastLine
                && text.equals(warning.text)
                && file.equals(warning.file)
                && url.equals(warning.url)
                && step.equals(warning.step)
                && detail.equals(warning.detail);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + line;
    }

    /** The text without the {@code (line 4)} that BuildKit appends. */
    public String message() {
        String suffix = " (line " + line + ")";
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** {@code Dockerfile:4}, {@code Dockerfile}, or empty. */
    public String place() {
        return file.isEmpty() || line == 0 ? file : file + ":" + line;
    }
}

package io.buildkitci.failure;

import java.util.List;

/**
 * Lines of a file that a failure points to.
 *
 * @param file as buildx names it, relative to the context
 * @param line first line, from 1
 * @param lastLine the same for one line
 * @param excerpt these lines' text; empty when it is not known
 */
public record Place(String file, int line, int lastLine, List<String> excerpt) {
    public Place {
        excerpt = List.copyOf(excerpt);
    }

    /** {@code Dockerfile:3}, or {@code Dockerfile:3-5}. */
    public String render() {
        return file + ":" + line + (lastLine > line ? "-" + lastLine : "");
    }

    @Override
    public String toString() {
        return render();
    }
}

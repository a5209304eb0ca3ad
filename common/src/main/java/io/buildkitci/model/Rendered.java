package io.buildkitci.model;

/** A value that buildx takes as one text. */
public interface Rendered {
    /** That text. */
    String render();
}

package io.buildkitci.progress;

/** Reads what a client writes of its progress, line by line. Never fails. */
public interface LineDecoder {
    /** @param line without its line end */
    ProgressLine decode(String line);
}

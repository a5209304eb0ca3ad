package io.buildkitci.process;

/** Is told each line that a program writes. */
@FunctionalInterface
public interface LineListener {
    /** Which of the two streams a line came from. */
    enum Stream {
        OUT,
        ERR
    }

    /**
     * @param line without its line end (LF or CRLF); bytes that are not UTF-8 are replaced by U+FFFD; a last line
     *     without line end is told too
     */
    void line(Stream stream, String line);
}

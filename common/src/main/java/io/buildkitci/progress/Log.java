package io.buildkitci.progress;

import java.nio.ByteBuffer;

/**
 * A piece of what a step wrote; it may begin and end inside a line, a code point or a secret.
 *
 * @param stream 1 is standard output, 2 standard error
 */
public record Log(String vertex, int stream, ByteBuffer data) {
    public Log {
        data = data.asReadOnlyBuffer();
    }

    /** The bytes, from the first to the last, whoever else has read them. */
    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }
}

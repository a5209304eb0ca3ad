package io.buildkitci.cacheservice.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Takes the body of one request in, piece by piece, and answers at its end. Called by one thread at a time. */
interface Reception {
    /** @param piece valid during the call */
    void body(ByteBuf piece);

    Reply end();

    /** The sender went away in the middle. */
    default void broken() {}

    /** Answers whatever comes. */
    static Reception of(Reply reply) {
        return new Reception() {
            @Override
            public void body(ByteBuf piece) {
                // not asked for
            }

            @Override
            public Reply end() {
                return reply;
            }

            @Override
            public void broken() {
                Replies.discard(reply);
            }
        };
    }

    /** Keeps a short body and answers it; a longer one is refused. */
    static Reception ofText(int longest, Function<String, Reply> answer) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        return new Reception() {
            private boolean tooLong;

            @Override
            public void body(ByteBuf piece) {
                tooLong |= piece.readableBytes() > longest - kept.size();
                if (!tooLong) {
                    try {
                        piece.readBytes(kept, piece.readableBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException("bytes in memory cannot be written", e);
                    }
                }
            }

            @Override
            public Reply end() {
                return tooLong ? Replies.tooLarge(longest) : answer.apply(kept.toString(StandardCharsets.UTF_8));
            }
        };
    }
}

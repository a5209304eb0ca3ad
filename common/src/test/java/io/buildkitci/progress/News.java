package io.buildkitci.progress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hand-made progress: times are seconds after {@link #START}. */
public final class News {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private News() {}

    public static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1_000_000_000));
    }

    public static Vertex vertex(String digest, String name) {
        return new Vertex(digest, List.of(), name, Optional.empty(), Optional.empty(), false, "");
    }

    public static Vertex running(String digest, String name, double from) {
        return new Vertex(digest, List.of(), name, Optional.of(at(from)), Optional.empty(), false, "");
    }

    public static Vertex done(String digest, String name, double from, double to) {
        return new Vertex(digest, List.of(), name, Optional.of(at(from)), Optional.of(at(to)), false, "");
    }

    public static Vertex cached(String digest, String name, double when) {
        return new Vertex(digest, List.of(), name, Optional.of(at(when)), Optional.of(at(when)), true, "");
    }

    public static Vertex failed(String digest, String name, double from, double to, String error) {
        return new Vertex(digest, List.of(), name, Optional.of(at(from)), Optional.of(at(to)), false, error);
    }

    public static ProgressLine news(Vertex... vertices) {
        return new ProgressLine.Update(List.of(vertices), List.of(), List.of(), List.of());
    }

    public static ProgressLine news(Status... statuses) {
        return new ProgressLine.Update(List.of(), List.of(statuses), List.of(), List.of());
    }

    public static ProgressLine news(Warning... warnings) {
        return new ProgressLine.Update(List.of(), List.of(), List.of(), List.of(warnings));
    }

    public static ProgressLine output(String digest, String text) {
        return output(digest, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    public static ProgressLine output(String digest, int stream, byte[] bytes) {
        Log log = new Log(digest, stream, ByteBuffer.wrap(bytes));
        return new ProgressLine.Update(List.of(), List.of(), List.of(log), List.of());
    }
}

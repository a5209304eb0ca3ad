package io.buildkitci.progress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node of the build's graph, as one message describes it. The next message with the same digest replaces this one
 * whole: it may start again after it completed, and an error or a cache hit may be gone.
 *
 * @param inputs digests of the vertices that it builds on; they may never be described
 * @param error empty when it has not failed
 */
public record Vertex(
        String digest,
        List<String> inputs,
        String name,
        Optional<Instant> started,
        Optional<Instant> completed,
        boolean cached,
        String error) {
    public Vertex {
        inputs = List.copyOf(inputs);
    }

    public boolean running() {
        return started.isPresent() && completed.isEmpty();
    }

    /** Whether it was stopped because something else failed or the build was cancelled. */
    public boolean canceled() {
        return error.contains("context canceled");
    }

    @Override
    public String toString() {
        return "Vertex[" + digest + "]";
    }
}

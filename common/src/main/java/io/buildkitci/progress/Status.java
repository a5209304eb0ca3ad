package io.buildkitci.progress;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that a vertex does, such as {@code pushing layers} or the pull of one layer.
 *
 * @param id names it within its vertex; the next message with the same id replaces this one
 * @param current bytes or items done
 * @param total bytes or items to do, 0 when that is not known
 */
public record Status(
        String vertex,
        String id,
        String name,
        long current,
        long total,
        Optional<Instant> started,
        Optional<Instant> completed) {}

package io.buildkitci.builder;

import java.util.List;
import java.util.Optional;

/**
 * The last lines that a node's daemon wrote.
 *
 * @param lines oldest first; as they were written, so a host masks what is secret
 * @param failure why there are none
 */
public record NodeLog(String node, List<String> lines, Optional<String> failure) {
    public NodeLog {
        lines = List.copyOf(lines);
    }
}

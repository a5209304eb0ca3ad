package io.jenkins.plugins.buildkit.detached;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a client ended.
 *
 * @param status its exit status; empty when that can no longer be known
 * @param files what it left in the files that were asked for, by their names; empty for one that is not there
 */
public record ClientEnd(OptionalInt status, Map<String, Optional<String>> files) {
    static final ClientEnd UNKNOWN = new ClientEnd(OptionalInt.empty(), Map.of());

    public ClientEnd {
        files = Map.copyOf(files);
    }

    /** Without what is in the files. */
    @Override
    public String toString() {
        return "ClientEnd[" + status + ", " + files.keySet() + "]";
    }
}

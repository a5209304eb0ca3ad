package io.buildkitci.install;

import io.buildkitci.model.Platform;
import java.util.Optional;

/**
 * A release of a tool.
 *
 * @param version with its {@code v}
 */
public record Release(Tool tool, String version) {
    /** The file for a machine; empty where there is none. */
    public Optional<String> file(Platform machine) {
        return tool.file(version, machine);
    }

    /** The checksum of a file that came with this program; empty for releases that it does not know. */
    public static Optional<String> pinned(String file) {
        return PinnedChecksums.ALL.of(file);
    }

    /** {@code buildx v0.36.1}. */
    public String title() {
        return tool.title() + " " + version;
    }
}

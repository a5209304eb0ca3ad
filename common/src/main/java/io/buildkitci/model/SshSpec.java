package io.buildkitci.model;

import java.util.List;

/**
 * An SSH agent socket or keys that the build may mount.
 *
 * @param id the name used in {@code RUN --mount=type=ssh,id=…}
 * @param paths sockets or key files; empty means the caller's {@code SSH_AUTH_SOCK}
 */
public record SshSpec(String id, List<String> paths) implements Rendered {
    public SshSpec {
        paths = List.copyOf(paths);
    }

    /** As buildx takes it. */
    @Override
    public String render() {
        return paths.isEmpty() ? id : id + "=" + String.join(",", paths);
    }
}

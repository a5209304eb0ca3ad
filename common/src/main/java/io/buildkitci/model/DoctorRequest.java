package io.buildkitci.model;

import java.util.Optional;

/**
 * What is to be looked at, and what is to be got.
 *
 * @param builder the builder to look at; empty means the current one
 * @param install whether what is missing is got
 * @param buildx the buildx that is wanted; empty for whatever is there
 * @param buildkit the BuildKit that is wanted; empty for one only where no engine answers
 * @param from where it comes from
 * @param kubernetes the builder whose rights in a cluster are all that is told
 * @param enableBuildkit the engine's configuration, when nothing else is asked for
 * @param gc whether what killed runs left is removed
 */
public record DoctorRequest(
        Optional<String> builder,
        boolean install,
        Optional<ToolVersion> buildx,
        Optional<ToolVersion> buildkit,
        InstallSource from,
        Optional<ClusterRequest> kubernetes,
        Optional<EngineSetup> enableBuildkit,
        boolean gc) {
    /** Whether anything may be got. */
    public boolean installs() {
        return install || buildx.isPresent() || buildkit.isPresent();
    }
}

package io.buildkitci.model;

import java.util.Optional;

/**
 * A builder, as asked for, with what the step around it does.
 *
 * @param version the buildx to use; empty means the one that is there
 * @param installFrom where buildx comes from when it is missing or another version is wanted
 * @param keepState whether the builder's cache outlives it
 * @param cleanup whether the builder goes when the job ends
 * @param cacheBinary whether a buildx that was fetched is kept for later jobs
 */
public record BuilderRequest(
        BuilderSpec builder,
        Optional<ToolVersion> version,
        InstallSource installFrom,
        boolean keepState,
        boolean cleanup,
        boolean cacheBinary) {}

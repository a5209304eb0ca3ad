package io.buildkitci.model;

import java.util.Optional;

/**
 * A builder, as asked for, with what the step around it does.
 *
 * @param version the buildx to use: a release, {@code latest}, {@code edge}, {@code cloud:…} or a git URL; empty means
 *     the one that is there
 * @param keepState whether the builder's cache outlives it
 * @param cleanup whether the builder goes when the job ends
 * @param cacheBinary whether a downloaded buildx is kept in the CI's cache
 */
public record BuilderRequest(
        BuilderSpec builder, Optional<String> version, boolean keepState, boolean cleanup, boolean cacheBinary) {}

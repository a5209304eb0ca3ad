package io.buildkitci.model;

/**
 * A secret that the build may mount.
 *
 * @param id the name used in {@code RUN --mount=type=secret,id=…}
 * @param source where its value is
 */
public record SecretSpec(String id, Source source) {
    /** Where a secret's value is. */
    public sealed interface Source {}

    /** The value itself. */
    public record Value(Secret secret) implements Source {}

    /** A variable of the caller's environment. */
    public record Variable(String name) implements Source {}

    /** A file, as the person wrote its path. */
    public record SecretFile(String path) implements Source {}
}

package io.buildkitci.model;

/** A builder to remove; {@code keepState} leaves its cache for a later builder of the same name. */
public record RemoveBuilderRequest(String name, boolean keepState) {}

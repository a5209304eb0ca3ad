package io.buildkitci.plan;

import io.buildkitci.model.Secret;

/**
 * A proxy with a password that Docker's configuration names for builds. Docker's clients hand it over as a build argument,
 * where the build has none of that name in either case.
 *
 * @param file the configuration
 * @param key in it
 * @param argument {@code HTTP_PROXY} …
 */
public record ConfiguredProxy(String file, String key, String argument, Secret password) {}

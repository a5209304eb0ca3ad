/**
 * The {@code cache} shorthand and where a CI keeps layers: scopes, and both sides of a cache.
 *
 * <p>Pure. May depend on {@code model} and {@code json}.
 */
@NullMarked
package io.buildkitci.cache;

import org.jspecify.annotations.NullMarked;

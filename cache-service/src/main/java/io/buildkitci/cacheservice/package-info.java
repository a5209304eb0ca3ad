/**
 * A layer cache that a CI owns: a server that speaks the protocol of BuildKit's {@code type=gha} cache.
 *
 * <p>May depend on the engine's {@code model} only; it knows no CI system.
 */
@NullMarked
package io.buildkitci.cacheservice;

import org.jspecify.annotations.NullMarked;

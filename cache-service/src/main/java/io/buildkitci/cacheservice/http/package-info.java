/**
 * Speaks BuildKit's {@code type=gha} protocols, version 2 and 1, over the store; each in a handler of its own.
 *
 * <p>May depend on {@code store}, {@code trust}, the engine's {@code json} and {@code model}, and Netty.
 */
@NullMarked
package io.buildkitci.cacheservice.http;

import org.jspecify.annotations.NullMarked;

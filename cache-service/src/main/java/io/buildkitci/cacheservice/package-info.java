/**
 * A layer cache that a CI owns: a server that speaks the protocol of BuildKit's {@code type=gha} cache.
 *
 * <p>Puts {@code store}, {@code trust} and {@code http} together; may depend on them, the engine's {@code json} and
 * {@code model}, its reading of certificates and keys in {@code local}, and Netty's TLS. It knows no CI system.
 */
@NullMarked
package io.buildkitci.cacheservice;

import org.jspecify.annotations.NullMarked;

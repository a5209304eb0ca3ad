/**
 * Keeps what caches hold: contents once by their SHA-256, entries in a transactional index, all within limits.
 *
 * <p>May depend on the engine's {@code json} and on H2's MVStore; it knows no protocol and no token.
 */
@NullMarked
package io.buildkitci.cacheservice.store;

import org.jspecify.annotations.NullMarked;

/**
 * Who may read and write what: tokens, their end, and signed addresses of contents.
 *
 * <p>May depend on jose4j and the engine's {@code json}; it knows no storage and no protocol.
 */
@NullMarked
package io.buildkitci.cacheservice.trust;

import org.jspecify.annotations.NullMarked;

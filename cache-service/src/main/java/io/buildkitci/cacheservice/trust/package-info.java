/**
 * Who may read and write what: tokens, passes of builds, their end, and signed addresses of contents.
 *
 * <p>May depend on jose4j, on H2's MVStore for tokens that were ended, and on the engine's {@code json} and {@code
 * model}; it knows no storage of contents and no protocol.
 */
@NullMarked
package io.buildkitci.cacheservice.trust;

import org.jspecify.annotations.NullMarked;

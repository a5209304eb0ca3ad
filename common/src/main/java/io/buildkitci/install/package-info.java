/**
 * Tools that are missing: resolve, verify, unpack, keep in a tool cache.
 *
 * <p>May depend on {@code process}.
 */
@NullMarked
package io.buildkitci.install;

import org.jspecify.annotations.NullMarked;

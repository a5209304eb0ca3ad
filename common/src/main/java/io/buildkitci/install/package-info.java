/**
 * Tools that are missing: which release, from where, verified, unpacked, and kept in a tool cache.
 *
 * <p>May depend on {@code model}, {@code json} and {@code process}; ranges of versions are read by semver4j.
 */
@NullMarked
package io.buildkitci.install;

import org.jspecify.annotations.NullMarked;

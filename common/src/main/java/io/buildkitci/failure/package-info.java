/**
 * Evidence of a build that did not succeed to a failure with code, blame and advice.
 *
 * <p>Pure. May depend on {@code model}, {@code process} and {@code words}.
 */
@NullMarked
package io.buildkitci.failure;

import org.jspecify.annotations.NullMarked;

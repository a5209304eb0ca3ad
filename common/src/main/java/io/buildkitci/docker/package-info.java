/**
 * The Docker Engine as a port, and its adapters.
 *
 * <p>May depend on {@code process} and {@code json}.
 */
@NullMarked
package io.buildkitci.docker;

import org.jspecify.annotations.NullMarked;

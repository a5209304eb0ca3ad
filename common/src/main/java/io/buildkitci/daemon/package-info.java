/**
 * buildkitd without Docker: finds its programs, starts it as a process of our own, asks it and removes it.
 *
 * <p>May depend on {@code model}, {@code plan}, {@code process}, {@code builder}, {@code json} and {@code words}.
 */
@NullMarked
package io.buildkitci.daemon;

import org.jspecify.annotations.NullMarked;

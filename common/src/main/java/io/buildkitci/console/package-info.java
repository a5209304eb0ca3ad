/**
 * Progress for people while it happens: a live view on a terminal, finished steps in a CI log.
 *
 * <p>A room of its own because it is neither decoding ({@code progress}) nor the result ({@code report}): it writes to a
 * stream and follows the clock. May depend on {@code model}, {@code progress} and {@code process}.
 */
@NullMarked
package io.buildkitci.console;

import org.jspecify.annotations.NullMarked;

/**
 * A machine on which everything answers at once, for steps to go through while an archive of their classes is made.
 *
 * <p>Knows no step: they are handed in. May depend on {@code action.host} and every room of the engine.
 */
@NullMarked
package io.buildkitci.action.rehearsal;

import org.jspecify.annotations.NullMarked;

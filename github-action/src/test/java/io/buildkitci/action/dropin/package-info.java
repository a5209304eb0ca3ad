/**
 * What the peers' actions would do with the same inputs, and whether ours does that or what it says that it does instead.
 *
 * <p>Tables in {@code src/test/resources/dropin}, checked against our host by tests and against the peers by hand.
 */
@NullMarked
package io.buildkitci.action.dropin;

import org.jspecify.annotations.NullMarked;

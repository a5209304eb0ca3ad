/**
 * The words of a host: how its people call steps, inputs and variables, so that every text is written once.
 *
 * <p>Pure. Depends on the JDK only.
 */
@NullMarked
package io.buildkitci.words;

import org.jspecify.annotations.NullMarked;

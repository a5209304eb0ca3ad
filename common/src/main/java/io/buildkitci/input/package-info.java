/**
 * Raw inputs, as a person typed them, to a checked request: every problem at once, in the person's own names.
 *
 * <p>Pure: the outside world (environment, existing files) is handed in. May depend on {@code model}.
 */
@NullMarked
package io.buildkitci.input;

import org.jspecify.annotations.NullMarked;

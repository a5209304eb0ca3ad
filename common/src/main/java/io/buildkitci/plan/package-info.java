/**
 * Request and capabilities to a plan: exact argv, environment and files, or the reasons why it cannot be done.
 *
 * <p>Pure. May depend on {@code model} and {@code words}.
 */
@NullMarked
package io.buildkitci.plan;

import org.jspecify.annotations.NullMarked;

/**
 * The GitHub Action: inputs from the runner's environment to the engine, and what came of it to the log, the outputs, the
 * state for the post step and the job summary.
 *
 * <p>What GitHub adds to a build is decided in {@code job}; the runner's protocol is in {@code runner}. May depend on
 * every room of the engine.
 */
@NullMarked
package io.buildkitci.action.github;

import org.jspecify.annotations.NullMarked;

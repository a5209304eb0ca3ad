/**
 * The protocol between a step and GitHub's runner: workflow commands in the log, and the files that carry outputs, state
 * and summaries.
 *
 * <p>May depend on {@code process} of the engine only. Facts: docs.github.com "Workflow commands for GitHub Actions" and
 * actions/runner's {@code ActionCommandManager} and {@code FileCommandManager}.
 */
@NullMarked
package io.buildkitci.action.runner;

import org.jspecify.annotations.NullMarked;

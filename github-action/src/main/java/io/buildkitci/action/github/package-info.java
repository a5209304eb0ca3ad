/**
 * The GitHub Action: inputs and state as the runner hands them over, its log, files and conventions.
 *
 * <p>May depend on {@code action.host}, {@code action.yaml} and every room of the engine.
 */
@NullMarked
package io.buildkitci.action.github;

import org.jspecify.annotations.NullMarked;

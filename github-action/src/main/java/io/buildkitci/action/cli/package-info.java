/**
 * The command line: flags, environment variables and a YAML file to raw inputs, and results to text, JSON and exit codes.
 *
 * <p>Each step is one {@link io.buildkitci.action.cli.Step}; what it decides is decided in the engine. May depend on
 * every room of the engine.
 */
@NullMarked
package io.buildkitci.action.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The process and machine that a step runs on: its environment, streams and tools, and the Docker clients it finds.
 *
 * <p>Shared by the command line and the GitHub Action. May depend on every room of the engine.
 */
@NullMarked
package io.buildkitci.action.host;

import org.jspecify.annotations.NullMarked;

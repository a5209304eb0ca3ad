/**
 * Runs a plan and gathers what came of it: trace, metadata, digests, result or failure.
 *
 * <p>May depend on every room above it; nothing in the engine depends on it.
 */
@NullMarked
package io.buildkitci.build;

import org.jspecify.annotations.NullMarked;

/**
 * What a GitHub workflow job adds to a step: the commit as build context, provenance, tokens, cache access, switches.
 *
 * <p>Pure: environment and event are handed in. May depend on the engine's {@code model}, {@code input}, {@code plan}
 * and {@code json}.
 */
@NullMarked
package io.buildkitci.action.job;

import org.jspecify.annotations.NullMarked;

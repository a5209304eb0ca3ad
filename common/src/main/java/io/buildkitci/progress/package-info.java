/**
 * BuildKit's rawjson progress to events, and events to the trace of a build.
 *
 * <p>Pure. May depend on {@code model}.
 */
@NullMarked
package io.buildkitci.progress;

import org.jspecify.annotations.NullMarked;

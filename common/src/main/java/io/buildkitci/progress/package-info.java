/**
 * BuildKit's rawjson progress to events, and events to the trace of a build.
 *
 * <p>Pure. May depend on {@code model} and on {@code process} for the redactor: what steps write is masked where its
 * pieces are joined to lines, before anything else sees it.
 */
@NullMarked
package io.buildkitci.progress;

import org.jspecify.annotations.NullMarked;

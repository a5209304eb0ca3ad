/**
 * What a build did and made, as text, JSON and (for the hosts) Markdown.
 *
 * <p>Pure. May depend on {@code model}, {@code failure}, {@code progress} and {@code json}.
 */
@NullMarked
package io.buildkitci.report;

import org.jspecify.annotations.NullMarked;

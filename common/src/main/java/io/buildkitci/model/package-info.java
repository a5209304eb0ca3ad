/**
 * The values that a build is made of: platforms, image references, cache, secret and builder specifications.
 *
 * <p>Pure; may depend on the JDK only.
 */
@NullMarked
package io.buildkitci.model;

import org.jspecify.annotations.NullMarked;

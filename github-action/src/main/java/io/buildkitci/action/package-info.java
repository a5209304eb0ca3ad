/**
 * The host for every CI but Jenkins: the command line and the GitHub Action, in one jar.
 *
 * <p>May depend on every room of the engine; nothing depends on it.
 */
@NullMarked
package io.buildkitci.action;

import org.jspecify.annotations.NullMarked;

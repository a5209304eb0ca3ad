/**
 * Inputs that people write as YAML: a configuration file, and the further nodes of a builder.
 *
 * <p>May depend on {@code input}.
 */
@NullMarked
package io.buildkitci.action.yaml;

import org.jspecify.annotations.NullMarked;

/**
 * What a Kubernetes cluster must allow for builders of driver kubernetes.
 *
 * <p>Pure. May depend on {@code model}.
 */
@NullMarked
package io.buildkitci.kubernetes;

import org.jspecify.annotations.NullMarked;

/**
 * Builders of every driver: find buildx, probe, create, boot and remove.
 *
 * <p>May depend on {@code model}, {@code plan}, {@code process} and {@code docker}.
 */
@NullMarked
package io.buildkitci.builder;

import org.jspecify.annotations.NullMarked;

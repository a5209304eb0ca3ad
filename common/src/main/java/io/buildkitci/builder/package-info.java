/**
 * Builders of every driver: find buildx, probe, create, boot and remove.
 *
 * <p>May depend on {@code model}, {@code plan}, {@code process}, {@code failure}, {@code docker}, {@code json} and {@code
 * words}.
 */
@NullMarked
package io.buildkitci.builder;

import org.jspecify.annotations.NullMarked;

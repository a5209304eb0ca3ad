/**
 * Manage Jenkins → BuildKit: builders as named objects, how they are checked, tried and made on the agent of a build.
 *
 * <p>May depend on {@code agent}, {@code housekeeping} and every room of the engine; knows no step.
 */
@NullMarked
package io.jenkins.plugins.buildkit.config;

import org.jspecify.annotations.NullMarked;

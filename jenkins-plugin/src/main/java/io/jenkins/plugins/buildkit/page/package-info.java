/**
 * What a build's page shows of its image builds, and the files behind it.
 *
 * <p>May depend on the engine's {@code build}, {@code report}, {@code failure}, {@code progress}, {@code model} and {@code
 * process}, and on Jenkins.
 */
@NullMarked
package io.jenkins.plugins.buildkit.page;

import org.jspecify.annotations.NullMarked;

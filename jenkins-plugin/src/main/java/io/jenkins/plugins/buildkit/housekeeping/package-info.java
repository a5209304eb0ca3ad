/**
 * What this controller made on agents, and the removal of what is left of it when its builds are over.
 *
 * <p>May depend on {@code agent} and the engine's {@code builder}, {@code json} and {@code process}; knows no step and no
 * configuration.
 */
@NullMarked
package io.jenkins.plugins.buildkit.housekeeping;

import org.jspecify.annotations.NullMarked;

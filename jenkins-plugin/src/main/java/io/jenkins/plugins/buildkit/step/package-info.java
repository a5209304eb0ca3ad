/**
 * The steps: their parameters and descriptors, how they run and are taken up again after a restart, what they return.
 *
 * <p>May depend on the engine, Jenkins' pipeline API and this plugin's rooms {@code agent}, {@code config}, {@code
 * credentials}, {@code detached}, {@code housekeeping}, {@code page}, {@code parameters} and {@code tool}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.NullMarked;

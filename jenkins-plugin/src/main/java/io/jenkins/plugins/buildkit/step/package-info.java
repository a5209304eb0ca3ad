/**
 * The steps: their parameters and descriptors, how they run and are taken up again after a restart, what they return.
 *
 * <p>May depend on the engine, Jenkins' pipeline API and this plugin's rooms {@code agent}, {@code credentials}, {@code
 * detached}, {@code page} and {@code parameters}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.NullMarked;

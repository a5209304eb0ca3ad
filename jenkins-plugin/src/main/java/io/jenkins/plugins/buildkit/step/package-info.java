/**
 * The steps: their parameters and descriptors, how they run and are taken up again after a restart, what they return.
 *
 * <p>May depend on the engine, Jenkins' pipeline API and every other room of this plugin.
 */
@NullMarked
package io.jenkins.plugins.buildkit.step;

import org.jspecify.annotations.NullMarked;

/**
 * The engine's ports on a Jenkins agent: its processes by the step's launcher, its files by small callables.
 *
 * <p>May depend on the engine, on Jenkins' launchers, files and builds, and on nothing else of the plugin.
 */
@NullMarked
package io.jenkins.plugins.buildkit.agent;

import org.jspecify.annotations.NullMarked;

/**
 * The client as a process on the agent that outlives connections and restarts of the controller: its script, the files
 * that it leaves, the eye on them that tells the controller, its end.
 *
 * <p>May depend on Jenkins, its durable-task plugin and the engine's {@code process}.
 */
@NullMarked
package io.jenkins.plugins.buildkit.detached;

import org.jspecify.annotations.NullMarked;

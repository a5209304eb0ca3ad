package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.Revival;

/**
 * What is asked of a build whose builder is decided upon.
 *
 * @param revival brings that builder back when somebody removes it; {@link Revival#NONE} for one that is not ours
 */
record Chosen(BuildCall call, Revival revival) {
    /** Whether a run that finds no builder can hope for one. */
    boolean comesBack() {
        return revival != Revival.NONE;
    }
}

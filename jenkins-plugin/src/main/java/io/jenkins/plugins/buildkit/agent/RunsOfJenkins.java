package io.jenkins.plugins.buildkit.agent;

import hudson.model.Run;
import org.jspecify.annotations.Nullable;

/** Asks this Jenkins. */
final class RunsOfJenkins implements Runs {
    @Override
    public State state(String run) {
        try {
            @Nullable Run<?, ?> found = Run.fromExternalizableId(run);
            if (found == null) {
                return State.UNKNOWN;
            }
            return found.isBuilding() ? State.BUILDING : State.OVER;
        } catch (RuntimeException e) {
            return State.UNKNOWN; // nobody may see it, or it was never written by Jenkins
        }
    }
}

package io.buildkitci.action.cli;

import java.util.List;

/** Every step of the command line. */
final class Steps {
    static final List<Step> ALL = List.of(
            new BuildPushStep(),
            new SetupQemuStep(),
            new CreateBuilderStep(),
            new RemoveBuilderStep(),
            new DoctorStep());

    private Steps() {}
}

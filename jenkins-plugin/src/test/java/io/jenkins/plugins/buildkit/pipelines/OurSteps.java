package io.jenkins.plugins.buildkit.pipelines;

import io.jenkins.plugins.buildkit.pipelines.PlayedJenkins.Called;
import java.util.List;
import java.util.Map;

/** The steps of the plugin as pipelines call them. */
final class OurSteps {
    static final List<String> NAMES =
            List.of("buildkitBuild", "buildkitSetupQemu", "buildkitCreateBuilder", "withBuildkitBuilder");

    private OurSteps() {}

    static PlayedJenkins in(PlayedJenkins jenkins) {
        NAMES.forEach(name -> jenkins.step(
                name,
                arguments -> Map.of(
                        "name",
                        "ci",
                        "digest",
                        "d",
                        "platforms",
                        Map.of("linux/arm64", "x"),
                        "cached",
                        1,
                        "steps",
                        2)));
        return jenkins;
    }

    static List<String> problems(Called call) {
        return List.of();
    }
}

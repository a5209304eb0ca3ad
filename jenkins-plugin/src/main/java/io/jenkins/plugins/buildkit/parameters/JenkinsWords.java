package io.jenkins.plugins.buildkit.parameters;

import io.buildkitci.words.HostWords;
import java.util.Map;
import java.util.stream.Collectors;

/** How parameters and steps are called in a pipeline: {@code buildkitSetupQemu(platforms: 'linux/arm64')}. */
public final class JenkinsWords implements HostWords {
    private static final Map<String, String> STEPS = Map.of(
            "setup-qemu", "buildkitSetupQemu",
            "create-builder", "buildkitCreateBuilder",
            "build-push", "buildkitBuild",
            "bake", "buildkitBake");

    @Override
    public String input(String name) {
        return "'" + StepParameters.nameOf(name) + "'";
    }

    @Override
    public String step(String name) {
        return STEPS.getOrDefault(name, "docker buildx rm"); // builders of a block go with it: there is no step for it
    }

    @Override
    public boolean has(String step) {
        return STEPS.containsKey(step);
    }

    @Override
    public String call(String step, Map<String, String> inputs) {
        if (!STEPS.containsKey(step)) {
            return step(step) + " " + inputs.getOrDefault("name", "<builder>");
        }
        return inputs.entrySet().stream()
                .map(input -> StepParameters.nameOf(input.getKey()) + ": '"
                        + input.getValue().replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(", ", step(step) + "(", ")"));
    }

    @Override
    public String variable(String name) {
        return "BUILDKIT_CI_" + name + " in the environment of the step";
    }
}

package io.jenkins.plugins.buildkit.pipelines;

import io.jenkins.plugins.buildkit.pipelines.PlayedJenkins.Called;
import io.jenkins.plugins.buildkit.step.BuildkitBakeStep;
import io.jenkins.plugins.buildkit.step.BuildkitBuildStep;
import io.jenkins.plugins.buildkit.step.CreateBuilderStep;
import io.jenkins.plugins.buildkit.step.SetupQemuStep;
import io.jenkins.plugins.buildkit.step.WithBuilderStep;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.DataBoundSetter;

/** The steps of the plugin as pipelines call them. */
final class OurSteps {
    static final List<String> NAMES = List.of(
            "buildkitBuild", "buildkitBake", "buildkitSetupQemu", "buildkitCreateBuilder", "withBuildkitBuilder");

    private static final Map<String, Class<?>> TYPES = Map.of(
            "buildkitBuild", BuildkitBuildStep.class,
            "buildkitBake", BuildkitBakeStep.class,
            "buildkitSetupQemu", SetupQemuStep.class,
            "buildkitCreateBuilder", CreateBuilderStep.class,
            "withBuildkitBuilder", WithBuilderStep.class);

    private static final Map<String, UnaryOperator<Map<String, Object>>> READERS = Map.of(
            "buildkitBuild", new BuildkitBuildStep.DescriptorImpl()::customInstantiate,
            "buildkitBake", new BuildkitBakeStep.DescriptorImpl()::customInstantiate,
            "buildkitSetupQemu", new SetupQemuStep.DescriptorImpl()::customInstantiate,
            "buildkitCreateBuilder", new CreateBuilderStep.DescriptorImpl()::customInstantiate,
            "withBuildkitBuilder", new WithBuilderStep.DescriptorImpl()::customInstantiate);

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
                        "digests",
                        Map.of("api", "d"),
                        "cached",
                        1,
                        "steps",
                        2)));
        return jenkins;
    }

    /** What the step's own descriptor says of a call's parameters, and those that the step cannot be given. */
    static List<String> problems(Called call) {
        Class<?> type = TYPES.getOrDefault(call.step(), Object.class);
        try {
            Map<String, Object> properties =
                    READERS.getOrDefault(call.step(), arguments -> arguments).apply(call.arguments());
            return properties.keySet().stream()
                    .filter(name -> Arrays.stream(type.getMethods()).noneMatch(method -> sets(method, name)))
                    .map(name -> name + " cannot be set")
                    .toList();
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean sets(Method method, String name) {
        String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return method.getName().equals(setter) && method.isAnnotationPresent(DataBoundSetter.class);
    }
}

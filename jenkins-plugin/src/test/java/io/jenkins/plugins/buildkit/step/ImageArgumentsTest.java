package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.buildkitci.input.InputSpec;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundSetter;

class ImageArgumentsTest {
    static List<Arguments> stepsWithTheirParameters() {
        return List.of(
                Arguments.of(BuildkitBuildStep.class, BuildkitBuildStep.PARAMETERS),
                Arguments.of(BuildkitBakeStep.class, BuildkitBakeStep.PARAMETERS),
                Arguments.of(SetupQemuStep.class, SetupQemuStep.PARAMETERS),
                Arguments.of(CreateBuilderStep.class, CreateBuilderStep.PARAMETERS),
                Arguments.of(WithBuilderStep.class, WithBuilderStep.PARAMETERS));
    }

    @ParameterizedTest
    @MethodSource("stepsWithTheirParameters")
    void everyInputIsAPropertyOfTheStepAndEveryPropertyIsAParameter(Class<?> step, StepParameters parameters) {
        Set<String> properties = Arrays.stream(step.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toSet());
        Set<String> names = parameters.table().specs().stream()
                .map(InputSpec::name)
                .map(StepParameters::nameOf)
                .collect(Collectors.toSet());
        names.addAll(parameters.own());
        assertThat(properties).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @MethodSource("stepsWithTheirParameters")
    void aBooleanPropertyIsWhatItsInputIsWhenNothingIsGiven(Class<?> step, StepParameters parameters) throws Exception {
        Object fresh = step.getConstructor().newInstance();
        for (InputSpec spec : parameters.table().specs()) {
            if (spec.kind() == InputSpec.Kind.BOOLEAN) {
                String name = StepParameters.nameOf(spec.name());
                Method getter = step.getMethod("is" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
                assertThat(getter.invoke(fresh))
                        .as(name)
                        .isEqualTo(spec.defaultValue().equals("true"));
            }
        }
    }

    @Test
    void listsMapsAndBooleansBecomeTheTextsOfTheStep() {
        BuildkitBuildStep step = Steps.build(Map.of(
                "dockerfile", "docker/Dockerfile",
                "platforms", List.of("linux/amd64", "linux/arm64"),
                "buildArgs", Map.of("VERSION", 1),
                "push", "true",
                "sbom", true,
                "provenance", "max",
                "tag", "r/a:1"));

        assertThat(step.call().texts())
                .containsOnly(
                        Map.entry("file", "docker/Dockerfile"),
                        Map.entry("platforms", "linux/amd64,linux/arm64"),
                        Map.entry("build-args", "VERSION=1"),
                        Map.entry("push", "true"),
                        Map.entry("sbom", "true"),
                        Map.entry("provenance", "mode=max"),
                        Map.entry("tags", "r/a:1"));
    }

    @Test
    void secretsAndKeysAreTextsOrNamesOfCredentials() {
        BuildCall call = Steps.build(Map.of(
                        "secrets", List.of(Map.of("id", "npm", "credentialsId", "npm-token"), "plain=a,b"),
                        "ssh", "default",
                        "registryCredentialsId", "registry"))
                .call();

        assertThat(call.texts()).containsOnly(Map.entry("secrets", "plain=a,b"), Map.entry("ssh", "default"));
        assertThat(call.credentials().secrets()).containsExactly(new CredentialsAsked.Named("npm", "npm-token"));
        assertThat(call.credentials().registry()).isEqualTo("registry");
        assertThat(BuildCall.unsealed(call.sealed())).isEqualTo(call);
        assertThat(call.sealed()).doesNotContain("plain");
        assertThat(call).hasToString("BuildCall[secrets, ssh]");
    }

    @Test
    void ofABakeThatAreNamesOfCredentialsOnly() {
        BuildkitBakeStep.DescriptorImpl bake = new BuildkitBakeStep.DescriptorImpl();
        BuildCall call = Steps.set(
                        new BuildkitBakeStep(),
                        bake.customInstantiate(
                                Map.of("secrets", List.of(Map.of("id", "npm", "credentialsId", "npm-token")))))
                .call();

        assertThat(call.credentials().secrets()).containsExactly(new CredentialsAsked.Named("npm", "npm-token"));
        assertThatThrownBy(() -> bake.customInstantiate(Map.of("secrets", List.of("npm=a"), "ssh", "default")))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("buildkitBake: 2 parameters are wrong; nothing was run")
                .hasMessageContaining("secrets: an item is a map with id and credentialsId")
                .hasMessageContaining("ssh: an item is a map with id and credentialsId");
    }

    @Test
    void whatTheEngineFindsWrongIsToldWithNamesThatThereAreNot() {
        assertThatThrownBy(() -> Steps.build(Map.of(
                        "cachefrom", "x",
                        "platforms", "linux/foo",
                        "tags", "UPPER",
                        "context", "not/there",
                        "secretEnvs", "a=B")))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("buildkitBuild: 3 parameters are wrong; nothing was run")
                .hasMessageContaining("cachefrom: buildkitBuild has no such parameter; did you mean 'cacheFrom'?")
                .hasMessageContaining("platforms: 'linux/foo'")
                .hasMessageContaining("tags: 'UPPER'");
    }

    @Test
    void everythingThatIsWrongWithTheArgumentsIsTold() {
        assertThatThrownBy(() -> new BuildkitBuildStep.DescriptorImpl()
                        .customInstantiate(Map.of(
                                "platform", "linux/amd64",
                                "platforms", "linux/arm64",
                                "cachefrom", "x",
                                "nonsense", 1,
                                "push", "yes",
                                "secrets", List.of(Map.of("id", "npm", "credential", "x")))))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("cachefrom: buildkitBuild has no such parameter; did you mean 'cacheFrom'?")
                .hasMessageContaining("nonsense: buildkitBuild has no such parameter; it has addHosts, allow")
                .hasMessageContaining("push: 'yes': not a boolean; accepted are true and false")
                .hasMessageContaining("platforms: given twice, under two of its names")
                .hasMessageContaining("secrets: unknown key 'credential'; accepted are id and credentialsId");
    }

    static List<ImageStepDescriptor> stepsThatAttest() {
        return List.of(new BuildkitBuildStep.DescriptorImpl(), new BuildkitBakeStep.DescriptorImpl());
    }

    @ParameterizedTest
    @MethodSource("stepsThatAttest")
    void snippetsShowAttributesUnderTheirInputAndAreReadAgain(ImageStepDescriptor descriptor) {
        Map<String, String> properties = Map.of("sbomAttributes", "generator=x", "provenanceAttributes", "mode=max");

        Map<String, Object> shown = new LinkedHashMap<>(descriptor
                .customUninstantiate(new UninstantiatedDescribable(descriptor.getFunctionName(), null, properties))
                .getArguments());

        assertThat(shown).isEqualTo(Map.of("sbom", "generator=x", "provenance", "mode=max"));
        assertThat(descriptor.customInstantiate(shown)).isEqualTo(properties);
    }
}

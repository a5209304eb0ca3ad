package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.action.dropin.ActionYml;
import io.buildkitci.action.it.RunnerStep.Told;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input of {@code create-builder} reaches the builder that is made. */
class ActionBuilderInputsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<InputsCase> cases() {
        return List.of(oneNode(), formerNames(), severalNodes(), notStarted());
    }

    @Test
    void everyInputIsInACase() {
        TreeSet<String> given = new TreeSet<>(List.of("step"));
        cases().forEach(inputs -> given.addAll(inputs.given()));

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        ActionYml.of("create-builder").defaults().keySet());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inputsReachTheBuilder(InputsCase inputs) throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            inputs.run("create-builder", job);
        }
    }

    private static Told succeeded(Told told) {
        assertThat(told.exit()).as(told.toString()).isZero();
        return told;
    }

    private static JsonNode nodes(Told told) throws Exception {
        return JSON.readTree(told.output("nodes"));
    }

    /** A tar of the one file. */
    private static String configuration(String name, RunnerJob job) throws Exception {
        Said said = job.machine().docker("cp", "buildx_buildkit_" + name + "0:/etc/buildkit/buildkitd.toml", "-");
        assertThat(said.exit()).as(said.toString()).isZero();
        return said.out();
    }

    private static InputsCase oneNode() {
        String name = "its-" + CommandLine.fresh();
        return InputsCase.of("one node", job -> {})
                .step(Map.ofEntries(
                        Map.entry("name", name),
                        Map.entry("driver", "docker-container"),
                        Map.entry("driver-opts", "image=" + TESTBED.buildkitImage() + "\n\"env.WORD=a, b\""),
                        Map.entry("platforms", "linux/amd64, linux/386"),
                        Map.entry("buildkitd-flags", "--debug --allow-insecure-entitlement network.host"),
                        Map.entry("buildkitd-config-inline", "debug = true\n[log]\n  format = \"json\"\n"),
                        Map.entry("registry-mirrors", "mirror.example:5000"),
                        Map.entry("gc-policy", "max-used-space=20GB"),
                        Map.entry("version", "v0.36.1"),
                        Map.entry("install-from", "releases"),
                        Map.entry("cache-binary", "false"),
                        Map.entry("keep-state", "false"),
                        Map.entry("cleanup", "true"),
                        Map.entry("use", "false")))
                .then((told, job) -> {
                    Told created = succeeded(told.get(0));
                    Said container = job.machine().docker("inspect", "buildx_buildkit_" + name + "0");
                    assertThat(created.output("name")).isEqualTo(name);
                    assertThat(created.output("flags")).startsWith("--debug --allow-insecure-entitlement network.host");
                    assertThat(created.view().data("warning")).isEmpty();
                    assertThat(container.json().at("/0/Args").toString()).contains("\"--debug\"");
                    assertThat(Reported.texts(container.json().at("/0/Config/Env")))
                            .contains("WORD=a, b");
                    assertThat(configuration(name, job))
                            .contains("debug = true", "format = ", "json", "mirror.example:5000", "maxUsedSpace");
                    assertThat(job.machine().buildx("ls").out()).contains("default*");
                });
    }

    private static InputsCase formerNames() {
        String name = "its-" + CommandLine.fresh();
        String other = "its-" + CommandLine.fresh();
        String image = "image=" + TESTBED.buildkitImage();
        return InputsCase.of("former names", job -> job.file("buildkitd.toml", "debug = true\n"))
                .step(Map.of("name", name, "driver-opts", image, "config-inline", "debug = true\n", "install", "true"))
                .step(Map.of("name", other, "driver-opts", image, "config", "buildkitd.toml"))
                .then((told, job) -> {
                    assertThat(succeeded(told.get(0)).view().data("warning"))
                            .hasSize(2)
                            .anyMatch(warning -> warning.contains("buildkitd-config-inline"))
                            .anyMatch(warning -> warning.contains("install"));
                    assertThat(succeeded(told.get(1)).view().data("warning"))
                            .singleElement()
                            .asString()
                            .contains("buildkitd-config");
                    assertThat(configuration(name, job)).contains("debug = true");
                    assertThat(configuration(other, job)).contains("debug = true");
                });
    }

    private static InputsCase severalNodes() {
        // buildx takes an endpoint once; the same by another name is another one
        String second = TESTBED.buildkitAddress()
                .replaceFirst("^unix:///", "unix:///./")
                .replace("//127.0.0.1:", "//localhost:");
        return InputsCase.of("several nodes", job -> {})
                .step(Map.of(
                        "driver",
                        "remote",
                        "endpoint",
                        TESTBED.buildkitAddress(),
                        "append",
                        "- name: second\n  endpoint: %s\n  platforms: linux/386\n".formatted(second)))
                .then((told, job) -> {
                    Told created = succeeded(told.get(0));
                    assertThat(nodes(created)).hasSize(2);
                    assertThat(nodes(created).at("/1/name").asText()).isEqualTo("second");
                    assertThat(nodes(created).at("/1/platforms").asText()).startsWith("linux/386");
                    assertThat(job.machine().buildx("ls").out()).contains(created.output("name") + "*");
                });
    }

    private static InputsCase notStarted() {
        String name = "its-" + CommandLine.fresh();
        return InputsCase.of("not started before it is needed", job -> {})
                .step(Map.of(
                        "name",
                        name,
                        "bootstrap",
                        "false",
                        "driver-opts",
                        "image=" + TESTBED.buildkitImage(),
                        "buildkitd-config",
                        TESTBED.buildkitdConfig().toString()))
                .then((told, job) -> {
                    assertThat(succeeded(told.get(0)).output("status")).isEqualTo("inactive");
                    assertThat(job.inEngine(name)).isEmpty();
                    assertThat(job.builders()).containsExactly(name);
                });
    }
}

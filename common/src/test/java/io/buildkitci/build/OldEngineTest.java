package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.FakeProcessRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldEngineTest {
    private final FakeProcessRunner runner = new FakeProcessRunner();

    private CapabilityProbe.Answer probe(String name, boolean engine, String client, String server, String component)
            throws InterruptedException {
        String engines = server.isEmpty()
                ? "null"
                : "{\"Components\":[{\"Name\":\"" + component + "\"}],\"Version\":\"" + server + "\"}";
        runner.on("/bin/docker", "version")
                .out("{\"Client\":{\"Version\":\"" + client + "\"},\"Server\":" + engines + "}");
        return new OldEngine(runner, Path.of("/bin/docker")).probe(name, engine);
    }

    @ParameterizedTest
    @CsvSource({"20.10.24+dfsg1, 28.5.2+dfsg4", "18.09.9, 18.09.9", "19.03.15, 20.10.7"})
    void theEnginesBuildKitBuilds(String client, String server) throws InterruptedException {
        assertThat(probe("default", true, client, server, "Engine"))
                .isInstanceOfSatisfying(
                        CapabilityProbe.Probed.class,
                        probed -> assertThat(probed.capabilities().client())
                                .isInstanceOfSatisfying(
                                        Capabilities.DockerBuild.class,
                                        docker -> assertThat(docker.command()).isEqualTo(List.of("/bin/docker"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | 28.2.2   | 28.5.2  | Engine        | since 23.0 builds with nothing else; it is 28.2.2 | NO_BUILDX",
                "true  | 17.12.1  | 17.12.1 | Engine        | the engine has no BuildKit: it is Docker 17.12.1  | NO_BUILDX",
                "true  | 20.10.24 | ''      | Engine        | no engine answers /bin/docker                     | NO_ENGINE",
                "false | 20.10.24 | 20.10.7 | Engine        | builder 'ci' is buildx' own                       | NO_BUILDX",
            })
    void whyNothingCanBeBuiltIsSaid(
            boolean engine, String client, String server, String component, String text, Reason reason)
            throws InterruptedException {
        assertThat(probe("ci", engine, client, server, component))
                .isInstanceOfSatisfying(CapabilityProbe.Unusable.class, unusable -> {
                    assertThat(unusable.failure().text()).contains(text);
                    assertThat(unusable.failure().reason()).isEqualTo(reason);
                });
    }

    @Test
    void podmansSocketIsKnownByWhatItSays() throws Exception {
        runner.on("/bin/docker", "version")
                .out(Files.readString(Path.of("src/test/resources/docker/docker-version-podman-4.3.1.json")));

        assertThat(new OldEngine(runner, Path.of("/bin/docker")).probe("default", true))
                .isInstanceOfSatisfying(
                        CapabilityProbe.Unusable.class,
                        unusable -> assertThat(unusable.failure().text())
                                .isEqualTo(
                                        "there is no buildx here, and the engine has no BuildKit: it is Podman 4.3.1"));
    }

    @Test
    void whatIsNoDockerIsSaidToo() throws InterruptedException {
        runner.on("/bin/docker", "version").out("hello");

        assertThat(new OldEngine(runner, Path.of("/bin/docker")).probe("default", true))
                .isInstanceOf(CapabilityProbe.Unusable.class);
    }
}

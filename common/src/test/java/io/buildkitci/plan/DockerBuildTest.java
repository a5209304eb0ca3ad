package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DockerBuildTest {
    private static final Capabilities OLD = new Capabilities(
            new Capabilities.DockerBuild(List.of("/bin/docker"), Optional.of(new Version(20, 10, 24))),
            new Capabilities.BuilderFacts("default", Optional.of(Driver.DOCKER), Optional.empty(), List.of()),
            Map.of());

    @Test
    void allThatItKnowsIsOnItsCommandLine() {
        BuildPlan plan = Asked.of(
                        "context", "app",
                        "file", "docker/app.Dockerfile",
                        "target", "final",
                        "platforms", "linux/arm64",
                        "tags", "r.example/app:1\nr.example/app:2",
                        "labels", "a=b",
                        "build-args", "V=1",
                        "secret-envs", "npm=NPM_TOKEN",
                        "ssh", "default",
                        "cache-from", "type=registry,ref=r.example/app:cache",
                        "cache-to", "type=inline",
                        "pull", "true",
                        "no-cache", "true",
                        "network", "host",
                        "add-hosts", "h=10.0.0.1",
                        "load", "true",
                        "provenance", "false")
                .plan(OLD);

        assertThat(plan.argv())
                .startsWith("/bin/docker", "build", "--progress", "plain")
                .endsWith("--iidfile", "/run/w/iid", "app")
                .containsSequence("--file", "docker/app.Dockerfile", "--target", "final")
                .containsSequence("--build-arg", "V=1", "--platform", "linux/arm64")
                .containsSequence("--tag", "r.example/app:1", "--tag", "r.example/app:2", "--label", "a=b")
                .containsSequence("--cache-from", "r.example/app:cache", "--build-arg", "BUILDKIT_INLINE_CACHE=1")
                .containsSequence("--no-cache", "--pull", "--secret", "id=npm,env=NPM_TOKEN", "--ssh", "default")
                .containsSequence("--network", "host", "--add-host", "h:10.0.0.1")
                .doesNotContain("--metadata-file", "--load");
        assertThat(plan.environment()).containsEntry("DOCKER_BUILDKIT", "1");
        assertThat(plan.notes()).anyMatch(note -> note.contains("there is no buildx here"));
    }

    @Test
    void filesHaveNoImageId() {
        assertThat(Asked.of("outputs", "type=local,dest=out").plan(OLD).argv())
                .containsSequence("--output", "type=local,dest=out/.buildkit-ci.fresh-run-7")
                .doesNotContain("--iidfile");
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of("platforms", "linux/amd64,linux/arm64", "one platform"),
                Arguments.of("annotations", "a=b", "no annotations"),
                Arguments.of("build-contexts", "lib=lib dir", "one context"),
                Arguments.of("call", "check", "only builds"),
                Arguments.of("file", "https://r.example/Dockerfile", "no Dockerfile from a URL"),
                Arguments.of("outputs", "type=oci,dest=x.tar", "no output of type oci"),
                Arguments.of("cache-from", "type=gha", "type gha"),
                Arguments.of("cache-to", "type=registry,ref=r.example/c", "type registry"),
                Arguments.of("no-cache-filters", "a", "all stages or none"),
                Arguments.of("provenance", "mode=max", "attests nothing"),
                Arguments.of("sbom", "true", "attests nothing"),
                Arguments.of("allow", "network.host", "no entitlements"),
                Arguments.of("ulimit", "nofile=1024", "passes them over"),
                Arguments.of("shm-size", "64m", "passes it over"),
                Arguments.of("cgroup-parent", "x", "passes it over"));
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void whatItDoesNotDoIsRefusedWithAWayOut(String input, String text, String why) {
        assertThat(Asked.of(input, text).planned(OLD))
                .isInstanceOfSatisfying(
                        Planned.Refused.class,
                        refused -> assertThat(refused.obstacles())
                                .singleElement()
                                .satisfies(obstacle -> {
                                    assertThat(obstacle.input()).isIn(input, input + "s");
                                    assertThat(obstacle.reason()).contains("docker build without it", why);
                                    assertThat(obstacle.remedy()).contains("doctor --install");
                                }));
    }

    @Test
    void everythingIsRefusedAtOnce() {
        Planned planned = Asked.of(
                        "tags", "r.example/app:1", "push", "true", "sbom", "true", "platforms", "arm64,amd64")
                .planned(OLD);

        assertThat(((Planned.Refused) planned).obstacles())
                .extracting(Planned.Obstacle::input)
                .containsExactlyInAnyOrder("push", "sbom", "platforms");
    }
}

package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import io.buildkitci.plan.Capabilities.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
    private static final String STORE = "the docker driver without the containerd image store ";
    private static final String BY_DIGEST = "type=image,name=r.example/app,push-by-digest=true";

    static Stream<Arguments> withoutTheStore() {
        return Stream.of(
                Arguments.of("platforms", "amd64,arm64", "builds one platform at a time"),
                Arguments.of("cache-to", "type=registry,ref=r.example/c", "cannot export a cache of type registry"),
                Arguments.of("cache-to", "type=local,dest=c", "cannot export a cache of type local"),
                Arguments.of("cache-to", "type=gha", "cannot export a cache of type gha"),
                Arguments.of("cache", "registry=r.example/c", "cannot export a cache of type registry"),
                Arguments.of("outputs", "type=oci,dest=o.tar", "cannot write an output of type oci"),
                Arguments.of("outputs", "type=docker,dest=i.tar", "cannot write an image to a file"),
                Arguments.of("provenance", "true", "cannot attach attestations"),
                Arguments.of("provenance", "mode=max", "cannot attach attestations"),
                Arguments.of("sbom", "true", "cannot attach attestations"),
                Arguments.of("attests", "type=sbom", "cannot attach attestations"));
    }

    @ParameterizedTest
    @MethodSource("withoutTheStore")
    void whatNeedsTheStoreNamesItsInputTheDriverAndAWayOut(String input, String text, String reason) {
        List<Planned.Obstacle> obstacles = refused(Asked.of(input, text), Machines.engineWithoutContainerd());

        assertThat(obstacles).hasSize(1);
        assertThat(obstacles.get(0).input()).isEqualTo(input);
        assertThat(obstacles.get(0).reason()).isEqualTo(STORE + reason);
        assertThat(obstacles.get(0).remedy()).contains("containerd-snapshotter").contains("--driver docker-container");
    }

    @ParameterizedTest
    @CsvSource({"v0.10.6, false", "v0.8.3-4-gbc07b2b8, false", "v0.11.7, true", "v0.0.0+unknown, true"})
    void anEngineThatIsTooOldForTheStoreIsNotToldToTurnItOn(String buildkit, boolean told) {
        List<Planned.Obstacle> obstacles = refused(
                Asked.of("platforms", "amd64,arm64"),
                Machines.withNodes(Machines.engineWithoutContainerd(), Machines.node("linux/amd64", buildkit)));

        assertThat(obstacles.get(0).remedy().contains("containerd-snapshotter")).isEqualTo(told);
        assertThat(obstacles.get(0).remedy()).contains("--driver docker-container");
    }

    @ParameterizedTest
    @MethodSource("withoutTheStore")
    void nothingStandsInItsWayWithTheStore(String input, String text, String reason) {
        Asked asked = Asked.of(input, text);

        assertThat(obstacles(asked, Machines.engine())).isEmpty();
        assertThat(obstacles(asked, Machines.container())).isEmpty();
        assertThat(obstacles(asked, Machines.of(Driver.DOCKER, Optional.empty(), "0.36.1")))
                .as("not asked")
                .isEmpty();
        assertThat(Limits.dependOnTheStore(asked.request())).as(reason).isTrue();
    }

    static Stream<Asked> withoutAnyNeed() {
        return Stream.of(
                Asked.of(),
                Asked.of("platforms", "arm64", "load", "true"),
                Asked.of("push", "true", "tags", "app"),
                Asked.of("cache-to", "type=inline", "cache-from", "type=gha"),
                Asked.of("outputs", "type=local,dest=out\ntype=tar,dest=o.tar"),
                Asked.of("outputs", "type=docker"),
                Asked.of("outputs", "type=cacheonly"),
                Asked.of("provenance", "false", "sbom", "false"),
                Asked.of("provenance", "mode=max,disabled=true"),
                Asked.of("attests", "type=sbom,disabled=1\ntype=provenance,false"));
    }

    @ParameterizedTest
    @MethodSource("withoutAnyNeed")
    void everyEngineDoesTheRest(Asked asked) {
        assertThat(obstacles(asked, Machines.engineWithoutContainerd())).isEmpty();
        assertThat(Limits.dependOnTheStore(asked.request())).isFalse();
    }

    static Stream<Asked> byDigest() {
        return Stream.of(
                Asked.of("outputs", BY_DIGEST + ",push=true"),
                Asked.of("outputs", BY_DIGEST, "push", "true"),
                Asked.of("outputs", "type=registry,name=r.example/app,push-by-digest=true"));
    }

    @ParameterizedTest
    @MethodSource("byDigest")
    void noEnginePushesByDigest(Asked asked) {
        for (Capabilities engine : List.of(Machines.engine(), Machines.engineWithoutContainerd())) {
            assertThat(refused(asked, engine)).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.input()).isEqualTo("outputs");
                assertThat(obstacle.reason()).isEqualTo("the docker driver cannot push by digest");
                assertThat(obstacle.remedy()).contains("--driver docker-container");
            });
        }
        assertThat(obstacles(asked, Machines.container())).isEmpty();
    }

    @Test
    void anOutputThatIsNotPushedIsNoPushByDigest() {
        assertThat(obstacles(Asked.of("outputs", BY_DIGEST), Machines.engine())).isEmpty();
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of("0.12.1", List.of(), List.of("needs buildx 0.13.0 or newer")),
                Arguments.of("0.13.0", List.of(), List.of()),
                Arguments.of("0.14.1", List.of("call", "check"), List.of("call: needs buildx 0.15.0 or newer")),
                Arguments.of("0.15.0", List.of("call", "check"), List.of()),
                Arguments.of(
                        "0.11.2",
                        List.of("annotations", "a=1"),
                        List.of("annotations: needs buildx 0.12.0 or newer", "needs buildx 0.13.0 or newer")),
                Arguments.of(
                        "0.7.1",
                        List.of("build-contexts", "lib=lib dir"),
                        List.of("build-contexts: needs buildx 0.8.0 or newer", "needs buildx 0.13.0 or newer")),
                Arguments.of("0.20.1", List.of("allow", "device"), List.of("allow: needs buildx 0.21.0 or newer")),
                Arguments.of("0.20.1", List.of("allow", "network.host"), List.of()),
                Arguments.of("0.21.0", List.of("allow", "device=vendor.example/gpu"), List.of()),
                Arguments.of("0.29.1", List.of("call", "check", "annotations", "a=1"), List.of()),
                Arguments.of("v0.0.0+unknown", List.of("call", "check"), List.of()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void saysWhichReleaseOfTheClientIsNeeded(String buildx, List<String> inputs, List<String> needs) {
        Asked asked = Asked.of(inputs.toArray(String[]::new));
        Capabilities capabilities = Machines.of(Driver.DOCKER, Optional.of(true), buildx);
        String have = "; /bin/docker-buildx is " + buildx;

        assertThat(obstacles(asked, capabilities).stream().map(Planned.Obstacle::text))
                .isEqualTo(needs.stream().map(text -> text + have).toList());
        assertThat(obstacles(asked, capabilities))
                .allSatisfy(obstacle -> assertThat(obstacle.remedy()).isEqualTo("install a newer buildx"));
    }

    static Stream<Arguments> daemons() {
        List<String> twoOutputs = List.of("outputs", "type=local,dest=out\ntype=tar,dest=o.tar");
        return Stream.of(
                Arguments.of("v0.10.6", List.of("sbom", "true"), List.of("sbom: needs BuildKit 0.11.0 or newer")),
                Arguments.of("v0.10.6", List.of("provenance", "false"), List.of()),
                Arguments.of("v0.11.0", List.of("provenance", "mode=max", "attests", "type=sbom"), List.of()),
                Arguments.of("v0.12.5", twoOutputs, List.of("outputs: needs BuildKit 0.13.0 or newer")),
                Arguments.of("v0.12.5", List.of("outputs", "type=local,dest=out"), List.of()),
                Arguments.of("v0.13.0-rc1", twoOutputs, List.of()),
                Arguments.of("v0.19.0", List.of("allow", "device"), List.of("allow: needs BuildKit 0.20.0 or newer")),
                Arguments.of("v0.19.0", List.of("allow", "security.insecure"), List.of()),
                Arguments.of("v0.0.0+unknown", twoOutputs, List.of()));
    }

    @ParameterizedTest
    @MethodSource("daemons")
    void saysWhichReleaseOfTheDaemonIsNeeded(String buildkit, List<String> inputs, List<String> needs) {
        NodeFacts old = Machines.node("linux/amd64", buildkit);
        Capabilities builder = Machines.withNodes(Machines.remote(), Machines.node("linux/amd64"), old);
        String have = "; node n0 is " + buildkit.replace("v", "");

        assertThat(obstacles(Asked.of(inputs.toArray(String[]::new)), builder).stream()
                        .map(Planned.Obstacle::text))
                .isEqualTo(needs.stream().map(text -> text + have).toList());
    }

    @Test
    void onlyInputsThatSomeReleaseLacksNeedItsVersion() {
        assertThat(Limits.dependOnTheVersion(Asked.of("call", "check").request()))
                .isTrue();
        assertThat(Limits.dependOnTheVersion(Asked.of("allow", "device").request()))
                .isTrue();
        assertThat(Limits.dependOnTheVersion(Asked.of("annotations", "a=1").request()))
                .isTrue();
        assertThat(Limits.dependOnTheVersion(
                        Asked.of("build-contexts", "lib=lib dir").request()))
                .isTrue();
        assertThat(Limits.dependOnTheVersion(
                        Asked.of("platforms", "amd64,arm64", "sbom", "true").request()))
                .isFalse();
    }

    @Test
    void reportsEverythingAtOnce() {
        Asked asked = Asked.of(
                "platforms",
                "amd64,arm64",
                "cache-to",
                "type=gha\ntype=inline\ntype=local,dest=c",
                "outputs",
                "type=oci,dest=o.tar",
                "provenance",
                "true",
                "sbom",
                "true",
                "call",
                "build");

        assertThat(refused(asked, Machines.of(Driver.DOCKER, Optional.of(false), "0.14.0")))
                .extracting(Planned.Obstacle::input)
                .containsExactly("platforms", "cache-to", "cache-to", "outputs", "provenance", "sbom", "call");
    }

    private static List<Planned.Obstacle> refused(Asked asked, Capabilities capabilities) {
        Planned planned = asked.planned(capabilities);
        assertThat(planned).isInstanceOf(Planned.Refused.class);
        return ((Planned.Refused) planned).obstacles();
    }

    private static List<Planned.Obstacle> obstacles(Asked asked, Capabilities capabilities) {
        return asked.planned(capabilities) instanceof Planned.Refused refused ? refused.obstacles() : List.of();
    }
}

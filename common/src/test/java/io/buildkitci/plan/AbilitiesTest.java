package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what builders can do is the one that requests are held against, and the one that people read. */
class AbilitiesTest {
    private static final String BUCKET = "type=s3,region=eu,bucket=b";
    private static final String CONTAINER = "type=azblob,account_url=https://a.example";

    /** A request that asks for just this. */
    private static final Map<Ability, List<String>> ASKED = new EnumMap<>(Map.ofEntries(
            Map.entry(Ability.PARALLEL_STAGES, List.of()),
            Map.entry(Ability.SEVERAL_PLATFORMS, List.of("platforms", "amd64,386")),
            Map.entry(Ability.EXPORT_INLINE, List.of("cache-to", "type=inline")),
            Map.entry(Ability.EXPORT_REGISTRY, List.of("cache-to", "type=registry,ref=r.example/c")),
            Map.entry(Ability.EXPORT_LOCAL, List.of("cache-to", "type=local,dest=c")),
            Map.entry(Ability.EXPORT_GHA, List.of("cache-to", "type=gha")),
            Map.entry(Ability.EXPORT_S3, List.of("cache-to", BUCKET)),
            Map.entry(Ability.EXPORT_AZBLOB, List.of("cache-to", CONTAINER)),
            Map.entry(Ability.IMPORT_REGISTRY, List.of("cache-from", "type=registry,ref=r.example/c")),
            Map.entry(Ability.IMPORT_LOCAL, List.of("cache-from", "type=local,src=c")),
            Map.entry(Ability.IMPORT_GHA, List.of("cache-from", "type=gha")),
            Map.entry(Ability.ATTESTATIONS, List.of("attests", "type=sbom")),
            Map.entry(Ability.PUSH, List.of("push", "true", "tags", "r.example/app")),
            Map.entry(
                    Ability.PUSH_BY_DIGEST,
                    List.of("outputs", "type=image,name=r.example/app,push-by-digest=true,push=true")),
            Map.entry(Ability.LOAD, List.of("load", "true")),
            Map.entry(Ability.OUTPUT_OCI, List.of("outputs", "type=oci,dest=o.tar")),
            Map.entry(Ability.OUTPUT_DOCKER_FILE, List.of("outputs", "type=docker,dest=i.tar")),
            Map.entry(Ability.OUTPUT_TAR, List.of("outputs", "type=tar,dest=o.tar")),
            Map.entry(Ability.OUTPUT_LOCAL, List.of("outputs", "type=local,dest=out")),
            Map.entry(Ability.SECRETS, List.of("secrets", "npm=hunter2hunter2")),
            Map.entry(Ability.SSH, List.of("ssh", "default")),
            Map.entry(Ability.NO_NETWORK, List.of("network", "none")),
            Map.entry(Ability.HOST_NETWORK, List.of("network", "host")),
            Map.entry(Ability.ENTITLEMENTS, List.of("allow", "security.insecure")),
            Map.entry(Ability.HOST_GATEWAY, List.of("add-hosts", "gw=host-gateway")),
            Map.entry(Ability.CHECKS, List.of("call", "check"))));

    static Stream<Arguments> cells() {
        return Stream.of(Setup.values())
                .flatMap(setup -> ASKED.keySet().stream().map(ability -> Arguments.of(setup, ability)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void aRequestIsRefusedJustWhereTheTableSaysSo(Setup setup, Ability ability) {
        Planned planned = Asked.of(Objects.requireNonNull(ASKED.get(ability)).toArray(String[]::new))
                .planned(machine(setup));

        if (setup.can(ability)) {
            assertThat(planned).isInstanceOf(Planned.Ready.class);
        } else {
            List<Planned.Obstacle> obstacles = ((Planned.Refused) planned).obstacles();
            assertThat(obstacles).extracting(Planned.Obstacle::input).containsExactly(ability.input());
            assertThat(obstacles.get(0).reason()).isNotBlank();
            assertThat(obstacles.get(0).remedy()).isNotBlank();
        }
    }

    /** BuildKit builds on without such a cache, and so do we, but it is said. */
    @ParameterizedTest
    @MethodSource("setups")
    void aCacheThatCannotBeReadIsToldAndStopsNothing(Setup setup) {
        for (Ability ability : List.of(Ability.IMPORT_S3, Ability.IMPORT_AZBLOB)) {
            BuildPlan plan = Asked.of(
                            "cache-from",
                            ability == Ability.IMPORT_S3 ? BUCKET : CONTAINER,
                            "push",
                            "true",
                            "tags",
                            "a")
                    .plan(machine(setup));

            assertThat(plan.notes().stream().anyMatch(note -> note.contains("are not read")))
                    .isEqualTo(!setup.can(ability));
        }
    }

    static Stream<Setup> setups() {
        return Stream.of(Setup.values());
    }

    private static Capabilities machine(Setup setup) {
        Capabilities machine =
                switch (setup) {
                    case ENGINE -> Machines.engineWithoutContainerd();
                    case ENGINE_ON_CONTAINERD -> Machines.engine();
                    case CONTAINER -> Machines.container();
                    case KUBERNETES -> Machines.of(Driver.KUBERNETES, Optional.empty(), "0.36.1");
                    case REMOTE -> Machines.remote();
                    case BUILDCTL -> Machines.daemon();
                };
        assertThat(Setup.of(machine)).contains(setup);
        return machine;
    }

    @Test
    void everyAbilityIsTriedButThoseOfOtherSteps() {
        assertThat(ASKED.keySet())
                .containsAll(Stream.of(Ability.values())
                        .filter(ability -> !List.of(Ability.COMPOSE_FILES, Ability.IMPORT_S3, Ability.IMPORT_AZBLOB)
                                .contains(ability))
                        .toList());
    }

    @Test
    void theDocumentationHasTheTable() throws IOException {
        assertThat(Files.readString(AbilityTable.DOCS))
                .contains(AbilityTable.BEGIN + AbilityTable.render() + AbilityTable.END);
    }
}

package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.InputSpec.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputTableTest {
    static Stream<InputTable> tables() {
        return Stream.of(
                BuildInputs.ALL, BuilderInputs.ALL, BuilderInputs.NODE, QemuInputs.ALL, RemoveBuilderInputs.ALL);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyNameAndAliasMeansOneInput(InputTable table) {
        List<String> names = table.specs().stream()
                .flatMap(s -> Stream.concat(Stream.of(s.name()), s.aliases().stream()))
                .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(n -> n.matches("[a-z]+(-[a-z]+)*"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyInputIsDescribedOnOneLineWithAnExample(InputTable table) {
        assertThat(table.specs())
                .allSatisfy(s -> assertThat(s.description()).isNotBlank().doesNotContain("\n"))
                .allSatisfy(s -> assertThat(s.example()).isNotBlank());
    }

    /** docker/build-push-action 7.3, facts/github-actions.md. */
    @Test
    void hasEveryInputOfBuildPushActionWithItsKind() {
        Map<Kind, List<String>> peer = Map.of(
                Kind.CSV, List.of("add-hosts", "allow", "no-cache-filters", "platforms", "secret-envs", "ssh", "tags"),
                Kind.LIST,
                        List.of(
                                "annotations",
                                "attests",
                                "build-args",
                                "build-contexts",
                                "cache-from",
                                "cache-to",
                                "labels",
                                "outputs",
                                "secret-files",
                                "ulimit"),
                Kind.LIST_UNTRIMMED, List.of("secrets"),
                Kind.TEXT,
                        List.of(
                                "builder",
                                "call",
                                "cgroup-parent",
                                "context",
                                "file",
                                "github-token",
                                "network",
                                "provenance",
                                "sbom",
                                "shm-size",
                                "target"),
                Kind.BOOLEAN, List.of("load", "no-cache", "pull", "push"));

        assertThat(peers(BuildInputs.ALL)).isEqualTo(peer);
    }

    /** docker/setup-buildx-action 4.3 and docker/setup-qemu-action 4.2. */
    @Test
    void hasEveryInputOfTheSetupActions() {
        assertThat(peers(BuilderInputs.ALL).values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrder(
                        "version",
                        "driver",
                        "driver-opts",
                        "buildkitd-flags",
                        "buildkitd-config",
                        "buildkitd-config-inline",
                        "use",
                        "name",
                        "endpoint",
                        "platforms",
                        "append",
                        "keep-state",
                        "cache-binary",
                        "cleanup");
        assertThat(peers(QemuInputs.ALL).values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrder("image", "platforms", "reset", "cache-image");
    }

    private static Map<Kind, List<String>> peers(InputTable table) {
        return table.specs().stream()
                .filter(s -> s.origin() == InputSpec.Origin.PEER)
                .sorted(java.util.Comparator.comparing(InputSpec::name))
                .collect(Collectors.groupingBy(
                        InputSpec::kind, Collectors.mapping(InputSpec::name, Collectors.toList())));
    }

    @Test
    void anAliasCountsAsItsNameWhereSourcesAreLaidOverEachOther() {
        RawInput flags = RawInput.of(Map.of("tag", RawValue.of("a:1")), n -> "--" + n);
        RawInput environment = RawInput.of(Map.of("tags", RawValue.of("b:1")), n -> "BUILDKIT_CI_TAGS");

        RawInput both = BuildInputs.ALL.canonical(flags).over(BuildInputs.ALL.canonical(environment));

        assertThat(both.given()).containsOnlyKeys("tags");
        assertThat(both.get("tags")).map(RawInput.Given::word).contains("--tag");
    }

    @Test
    void anotherHostMayHaveAnotherDefault() {
        InputTable table = BuilderInputs.ALL.withDefault("use", "false");

        assertThat(table.named("use")).map(InputSpec::defaultValue).contains("false");
        assertThat(BuilderInputs.ALL.named("use")).map(InputSpec::defaultValue).contains("true");
    }

    @Test
    void rawValuesShowNothingOfThemselves() {
        RawInput raw =
                RawInput.of(Map.of("secrets", RawValue.of("k=hunter2"), "tags", RawValue.of(List.of("hunter2"))));

        assertThat(raw.toString()).doesNotContain("hunter2");
    }
}

package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BakeRequest.Changes;
import io.buildkitci.model.BakeRequest.Definition;
import io.buildkitci.model.Patience;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BakePlanTest {
    private static final RunPlace PLACE = new RunPlace("/run/w", "w");

    private static BakeRequest request(List<Setting> variables) {
        return new BakeRequest(
                Optional.of("ci"),
                new Definition(
                        Optional.empty(),
                        Optional.empty(),
                        List.of("a.hcl", "b.yaml"),
                        List.of("app", "db"),
                        variables,
                        Optional.empty()),
                new Changes(
                        List.of("app.args.X=1"),
                        List.of("network.host"),
                        true,
                        true,
                        false,
                        true,
                        Optional.of("mode=max"),
                        Optional.of("false"),
                        Optional.empty()),
                Optional.empty(),
                Patience.USUAL);
    }

    private static BakePlan plan(Setting... variables) {
        return BakePlan.of(request(List.of(variables)), List.of("docker", "buildx"));
    }

    @Test
    void rendersEveryInput() {
        assertThat(plan().exact(PLACE).argv())
                .containsExactly(
                        "docker",
                        "buildx",
                        "bake",
                        "--builder",
                        "ci",
                        "--file",
                        "a.hcl",
                        "--file",
                        "b.yaml",
                        "--allow",
                        "network.host",
                        "--set",
                        "app.args.X=1",
                        "--provenance=mode=max",
                        "--sbom=false",
                        "--no-cache",
                        "--pull",
                        "--push",
                        "--progress",
                        "rawjson",
                        "--metadata-file",
                        "/run/w/metadata.json",
                        "app",
                        "db");
    }

    @Test
    void printsTheSameDefinitionAsItBuilds() {
        BakePlan plan = plan();

        assertThat(plan.printing())
                .containsExactlyElementsOf(plan.exact(PLACE).argv().stream()
                        .flatMap(word -> switch (word) {
                            case "--progress" -> java.util.stream.Stream.of("--print");
                            case "rawjson", "--metadata-file", "/run/w/metadata.json" ->
                                java.util.stream.Stream.empty();
                            default -> java.util.stream.Stream.of(word);
                        })
                        .toList());
    }

    @Test
    void variablesTravelInTheEnvironment() {
        BakePlan plan = plan(new Setting("TOKEN", "s3cr3t"), new Setting("TAG", "1"));

        assertThat(plan.environment()).contains(Map.entry("TOKEN", "s3cr3t"), Map.entry("TAG", "1"));
        assertThat(plan.exact(PLACE).argv()).noneMatch(word -> word.contains("s3cr3t"));
        assertThat(plan.printing()).noneMatch(word -> word.contains("s3cr3t"));
        assertThat(plan.toString()).doesNotContain("s3cr3t");
    }

    /** A variable of a definition that is called PATH must not change where programs are found. */
    @Test
    void variablesThatMeanSomethingToTheClientAreNoneOfItsEnvironment() {
        BakePlan plan = plan(new Setting("PATH", "/x"), new Setting("docker_host", "y"));

        assertThat(plan.environment()).containsOnlyKeys("BUILDX_METADATA_WARNINGS");
        assertThat(plan.exact(PLACE).argv()).contains("PATH=/x", "docker_host=y");
    }

    @Test
    void whatAPersonSetComesLast() {
        BakePlan plan = plan().with(
                        Map.of("app", List.of("attest=type=provenance,mode=max")),
                        Map.of("app", Targets.plain("app"), "db", Targets.plain("db")));

        assertThat(plan.exact(PLACE).argv())
                .containsSubsequence("--set", "app.attest=type=provenance,mode=max", "--set", "app.args.X=1");
    }
}

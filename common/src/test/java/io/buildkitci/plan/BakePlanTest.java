package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BakeRequest.Changes;
import io.buildkitci.model.BakeRequest.Definition;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Patience;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static BakePlan.Exact exact(List<String> set, String... outputsOfApp) {
        BakeRequest asked = request(List.of());
        Changes plain = new Changes(
                set, List.of(), false, false, false, false, Optional.empty(), Optional.empty(), Optional.empty());
        BuildRequest app = Asked.of("context", ".", "outputs", String.join("\n", outputsOfApp))
                .request();
        return BakePlan.of(
                        new BakeRequest(Optional.empty(), asked.what(), plain, Optional.empty(), Patience.USUAL),
                        List.of("buildx"))
                .with(Map.of(), new TreeMap<>(Map.of("app", app, "db", Targets.plain("db"))))
                .exact(PLACE);
    }

    @Test
    void outputsThatAreFilesAreWrittenBesideTheirPlaces() {
        BakePlan.Exact exact = exact(List.of("db.args.X=1"), "type=oci,dest=o/app.tar,name=r.example/a:1", "out");

        assertThat(exact.argv())
                .containsSubsequence(
                        "--set",
                        "app.output=type=oci,dest=o/.app.tar.app.fresh-w,name=r.example/a:1",
                        "--set",
                        "app.output=type=local,dest=out/.buildkit-ci.app.fresh-w",
                        "--set",
                        "db.args.X=1")
                .noneMatch(word -> word.startsWith("db.output"));
        assertThat(exact.staged())
                .isEqualTo(Map.of(
                        "app",
                        List.of(
                                new BuildPlan.Staged("o/.app.tar.app.fresh-w", "o/app.tar"),
                                new BuildPlan.Staged("out/.buildkit-ci.app.fresh-w", "out"))));
    }

    /** buildx adds up what is said of one target's outputs. */
    @Test
    void whereOursNameOutputsThoseThatAPersonSetAreAmongThemAndNotSetTwice() {
        assertThat(exact(List.of("*.output=type=oci,dest=x", "app.output+=a", "*.tags=t"), "type=oci,dest=x")
                        .argv())
                .filteredOn(word -> word.contains(".output") || word.contains(".tags"))
                .containsExactly("app.output=type=oci,dest=.x.app.fresh-w", "db.output=", "*.tags=t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=registry,name=r.example/a",
                "type=docker,dest=directory,tar=false",
                "type=local,dest=out,mode=delete"
            })
    void whereThereIsNoSuchFileEverythingIsAsAPersonSetIt(String output) {
        BakePlan.Exact exact = exact(List.of("app.output=" + output), output);

        assertThat(exact.argv()).filteredOn(word -> word.contains(".output")).containsExactly("app.output=" + output);
        assertThat(exact.staged()).isEmpty();
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

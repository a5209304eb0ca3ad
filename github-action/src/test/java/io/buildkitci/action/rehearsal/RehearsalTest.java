package io.buildkitci.action.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.build.Tools;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWorkspaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Host host() {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Host played = new PlayedMachine().host(stream, stream);
        Tools tools = played.tools();
        Tools real = new Tools(
                tools.platform(),
                new LocalProcessRunner(),
                new LocalFiles(),
                new LocalWorkspaces(directory),
                tools.engine(),
                tools.reachability(),
                tools.clock());
        return new Host(Map.of(), stream, stream, played.terminal(), real, played.installs(), played.version());
    }

    private static int build(Stage stage, Path report) throws InterruptedException {
        return CommandLineHost.run(
                List.of(
                        "build-push",
                        "--builder=" + Stage.BUILDER,
                        "--platforms=linux/amd64,linux/arm64",
                        "--tags=localhost:5000/rehearsal:1",
                        "--push",
                        "--json-file=" + report,
                        stage.context().toString()),
                stage.host(Map.of()));
    }

    @Test
    void aWholeBuildIsGoneThrough(@TempDir Path elsewhere) throws Exception {
        Path report = elsewhere.resolve("report.json");

        int code = Rehearsal.of(host(), List.of(stage -> build(stage, report)));

        assertThat(code).isZero();
        assertThat(Files.readString(report))
                .contains("\"outcome\" : \"built\"")
                .contains("\"platform\" : \"linux/arm64\"")
                .contains("\"docker-container\"");
    }

    @Test
    void nothingIsPrintedAndNothingIsLeft(@TempDir Path elsewhere) throws Exception {
        Rehearsal.of(host(), List.of(stage -> build(stage, elsewhere.resolve("report.json"))));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everyPartHasAStageOfItsOwnAndNoVariablesOfThisProcess() throws Exception {
        List<Path> contexts = new ArrayList<>();
        List<Map<String, String>> environments = new ArrayList<>();
        Rehearsal.Part part = stage -> {
            contexts.add(stage.context());
            environments.add(stage.host(Map.of("GITHUB_SHA", "1")).environment());
            return 0;
        };

        Rehearsal.of(host(), List.of(part, part));

        assertThat(contexts).doesNotHaveDuplicates().hasSize(2);
        assertThat(environments)
                .allSatisfy(variables -> assertThat(variables)
                        .containsOnlyKeys("GITHUB_SHA", "DOCKER_CONFIG", "BUILDX_CONFIG", "BUILDKIT_CI_BUILDX"));
    }

    @Test
    void aPartThatFailsIsToldByTheCodeAndTheOthersAreGoneThroughStill() throws IOException, InterruptedException {
        List<String> played = new ArrayList<>();

        int code = Rehearsal.of(host(), List.of(stage -> 1, stage -> {
            played.add("second");
            return 0;
        }));

        assertThat(code).isEqualTo(70);
        assertThat(played).containsExactly("second");
    }
}

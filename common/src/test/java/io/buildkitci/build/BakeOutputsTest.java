package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.FailureCode;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BakeReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that targets write, which are put in their places when they are whole. */
class BakeOutputsTest {
    private static final String WITH_FILES = """
            {"target": {
              "api":    {"context": "api", "output": [{"type": "local", "dest": "out"}]},
              "web":    {"context": "web", "output": [{"type": "oci", "dest": "out/app.tar"}]},
              "worker": {"context": "worker", "output": [{"type": "oci", "dest": "out/app.tar"}]}}}
            """;

    private final PlayedBakes played = new PlayedBakes();

    /** What buildx writes to, as its arguments say it. */
    private static String place(String target, List<String> argv) {
        return argv.stream()
                .filter(word -> word.startsWith(target + ".output="))
                .map(word -> word.replaceAll(".*dest=", ""))
                .findFirst()
                .orElseThrow();
    }

    private void writeAll(String directory, List<String> argv) {
        played.files
                .with(directory + place("api", argv) + "/bin/api", "api")
                .with(directory + place("web", argv), "web")
                .with(directory + place("worker", argv), "worker");
    }

    /** What is shown of a definition is masked; what is built from it is not. */
    @Test
    void outputsOfATargetGoWhereTheDefinitionSaysThoughAVariableIsSecret() throws InterruptedException {
        played.definition = """
                {"target": {"api": {"context": "api", "output": [{"type": "oci", "dest": "planted-in-a-variable/a.tar"}]}}}
                """;

        Bakes.Ready ready = played.ready();

        assertThat(ready.plan().exact(RunPlace.SHOWN).staged().values())
                .singleElement()
                .asString()
                .contains("planted-in-a-variable/a.tar");
        assertThat(ready.definition()).contains("***/a.tar");
    }

    @Test
    void filesOfTargetsAreWrittenBesideTheirPlacesWhereTheDefinitionIsAndPutThere() throws InterruptedException {
        played.definition = WITH_FILES;
        played.files.withDirectory("app").with("app/out/kept", "");

        BakeReport report = played.build(
                played.ready("source", "app"), "bake-services-buildx-0.36.1", 0, "", argv -> writeAll("app/", argv));

        assertThat(report.failure()).isEmpty();
        assertThat(played.files.read(Path.of("app/out/bin/api"))).contains("api");
        assertThat(played.files.read(Path.of("app/out/app.tar"))).contains("worker");
        assertThat(played.files.read(Path.of("app/out/kept"))).isPresent();
        assertThat(played.left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.29.1, 1", "0.30.0, 0", "0.36.1, 0"})
    void aBuildxThatEmptiesFilesAsItReadsTheDefinitionIsTold(String version, int notes) throws InterruptedException {
        played.definition = WITH_FILES;
        played.runner.on(PlayedBakes.BUILDX, "version").out("github.com/docker/buildx v" + version + " 0123456");

        assertThat(played.ready().notes())
                .filteredOn(note -> note.contains("empties files that outputs name"))
                .hasSize(notes);
    }

    @Test
    void aTargetThatWasDoneBeforeAnotherFailedHasItsFilesAndTheOthersHaveNone() throws InterruptedException {
        played.definition = WITH_FILES;
        played.files.with("out/app.tar", "old");

        played.build(played.ready(), "bake-failing-buildx-0.36.1", 1, "", argv -> writeAll("", argv));

        assertThat(played.files.read(Path.of("out/app.tar"))).contains("worker");
        assertThat(played.files.paths()).doesNotContain("out/bin/api");
        assertThat(played.left()).isEmpty();
    }

    @Test
    void filesThatCannotBePutInTheirPlacesAreAFailureOfTheirTarget() throws InterruptedException {
        played.definition = WITH_FILES;

        BakeReport report = played.build(played.ready(), "bake-services-buildx-0.36.1", 0, "", argv -> {
            writeAll("", argv);
            played.files.withDirectory("out/app.tar");
        });

        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_FAILED);
            assertThat(failure.message()).startsWith("target 'web': ").contains("out/app.tar", "is a directory");
        });
        assertThat(played.files.read(Path.of("out/bin/api"))).contains("api");
        assertThat(played.left()).isEmpty();
    }

    @Test
    void aDirectoryWhereAFileIsToBeIsToldBeforeAnythingIsBuilt() throws InterruptedException {
        played.definition = WITH_FILES;
        Bakes.Ready ready = played.ready();
        played.files.withDirectory("out/app.tar");

        BakeReport report = BakeReports.of(played.bakes().run(ready, PlayedBakes.Silent::new, Redactor.NONE));

        assertThat(report.failure().orElseThrow().message()).contains("out/app.tar", "is a directory; name a file");
        assertThat(played.runner.commands()).noneMatch(command -> command.argv().contains("--metadata-file"));
    }
}

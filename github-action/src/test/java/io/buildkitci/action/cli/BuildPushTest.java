package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.Command;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildPushTest {
    private static final String PLANTED = "correct-horse-battery";

    private final PlayedMachine machine = new PlayedMachine();

    @Test
    void runsExactlyWhatItsPlanShows() throws InterruptedException {
        List<String> arguments = List.of("build-push", "--platforms", "amd64", "--tags", "app:1", "--load", "app");

        Shown shown = Shown.of(machine.run(with(arguments, "--plan")));
        assertThat(machine.builds()).isEmpty();
        machine.run(arguments);

        assertThat(machine.builds()).hasSize(1);
        assertThat(machine.builds().get(0).argv())
                .isEqualTo(shown.list("argv").stream()
                        .map(word -> word.replace("$WORKSPACE", "/run/buildkit-ci-1"))
                        .toList());
        assertThat(machine.builds().get(0).environment().keySet()).containsExactlyElementsOf(shown.list("env"));
    }

    @Test
    void aPlanIsAnObjectOfFourLists() throws InterruptedException {
        Said said = machine.with("BUILDKIT_CI_SECRETS", "npm=" + PLANTED)
                .run("build-push", "--plan", "--platforms", "amd64,arm64", ".");

        Shown shown = Shown.of(said);
        assertThat(shown.json().fields().keySet()).hasToString("[argv, env, files, notes]");
        assertThat(shown.list("argv"))
                .containsExactly(
                        PlayedMachine.BUILDX,
                        "build",
                        "--platform",
                        "linux/amd64,linux/arm64",
                        "--secret",
                        "id=npm,env=BUILDKIT_CI_SECRET_0",
                        "--progress",
                        "rawjson",
                        "--metadata-file",
                        "$WORKSPACE/metadata.json",
                        "--iidfile",
                        "$WORKSPACE/iid",
                        ".");
        assertThat(shown.list("env")).containsExactly("BUILDKIT_CI_SECRET_0", "BUILDX_METADATA_WARNINGS");
        assertThat(shown.list("files")).isEmpty();
        assertThat(shown.list("notes"))
                .containsExactly("emulated with QEMU, several times slower than a native node: linux/arm64");
        assertThat(said.out() + said.err()).doesNotContain(PLANTED);
    }

    @Test
    void aPlanShowsNoCredentialOfACache() throws InterruptedException {
        Said said = machine.run("build-push", "--plan", "--cache-from", "type=gha,scope=x,token=" + PLANTED, ".");

        assertThat(Shown.of(said).flags()).containsExactly("--cache-from", "type=gha,scope=x");
        assertThat(said.out()).contains("ACTIONS_RUNTIME_TOKEN").doesNotContain(PLANTED);
    }

    @Test
    void aSecretReachesBuildxThroughItsEnvironmentAndNothingElse() throws InterruptedException {
        machine.with("BUILDKIT_CI_SECRETS", "npm=" + PLANTED);
        machine.runner
                .on(PlayedMachine.BUILDX, "build")
                .err("a line with " + PLANTED + " in it")
                .exit(1);

        Said said = machine.run("build-push", "--json", "--json-file", "./report.json", ".");

        Command build = machine.builds().get(0);
        assertThat(build.environment()).containsEntry("BUILDKIT_CI_SECRET_0", PLANTED);
        assertThat(String.join(" ", build.argv()) + build + said.out() + said.err() + reported())
                .contains("***")
                .doesNotContain(PLANTED);
    }

    @Test
    void aSecretThatIsTooLongForAVariableIsAPrivateFileThatIsGoneAfterwards() throws InterruptedException {
        machine.with("BUILDKIT_CI_SECRETS", "big=" + PLANTED.repeat(2000));

        machine.run("build-push", ".");

        assertThat(machine.builds().get(0).argv()).contains("id=big,src=/run/buildkit-ci-1/secret-0");
        assertThat(machine.files.writes()).anyMatch(write -> write.file().endsWith("secret-0"));
        assertThat(machine.files.paths()).noneMatch(path -> path.startsWith("/run/buildkit-ci"));
    }

    @Test
    void aSecretOnACommandLineIsNoted() throws InterruptedException {
        Said said = machine.run("build-push", "--secrets", "npm=" + PLANTED, ".");

        assertThat(said.exit()).isZero();
        assertThat(said.err()).contains("note: --secrets: ").doesNotContain(PLANTED);
    }

    @Test
    void theResultIsJsonOnStandardOutputAlone() throws InterruptedException {
        Said said = machine.run("build-push", "--json", "--load", "--tags", "app:1", ".");

        PlainJson json = PlainJson.parse(said.out());
        assertThat(json.text("outcome")).isEqualTo("built");
        assertThat(said.out()).contains(PlayedMachine.DIGEST);
    }

    @Test
    void theResultIsWrittenBesideTheText() throws InterruptedException {
        machine.files.with("./report.json", "an old and much longer report".repeat(50));

        Said said = machine.run("build-push", "--json-file", "./report.json", "--load", ".");

        assertThat(PlainJson.parse(reported()).text("outcome")).isEqualTo("built");
        assertThat(said.out()).contains("Built");
    }

    @Test
    void theResultIsAPageThatNeedsNoFileBesideIt() throws InterruptedException {
        machine.with("BUILDKIT_CI_SECRETS", "npm=" + PLANTED);

        Said said = machine.run("build-push", "--html-file", "./report.html", "--load", "--tags", "app:1", ".");

        String page = machine.files.read(Path.of("./report.html")).orElseThrow();
        assertThat(said.exit()).isZero();
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Built app:1</title>", PlayedMachine.DIGEST, ".bk-report {")
                .doesNotContain(PLANTED, "<link", "<script");
    }

    @Test
    void aPageThatCannotBeWrittenFailsNoBuild() throws InterruptedException {
        Said said = machine.run("build-push", "--html-file", "nowhere/report.html", ".");

        assertThat(said.exit()).isZero();
        assertThat(said.err()).contains("--html-file: 'nowhere/report.html' was not written: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", ".", ""})
    void aReportNeverTakesThePlaceOfADirectory(String directory) throws InterruptedException {
        List<String> before = machine.files.paths();

        Said said = machine.run("build-push", "--json-file=" + directory, ".");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--json-file: ");
        assertThat(machine.files.paths()).isEqualTo(before);
        assertThat(machine.builds()).isEmpty();
    }

    @Test
    void aReportThatCannotBeWrittenFailsNoBuild() throws InterruptedException {
        Said said = machine.run("build-push", "--json-file", "nowhere/report.json", ".");

        assertThat(said.exit()).isZero();
        assertThat(said.err()).contains("--json-file: 'nowhere/report.json' was not written: ");
    }

    @Test
    void aGoodBuildExchangesItsLocalCache() throws InterruptedException {
        machine.files.with("cache/native/old", "");
        machine.runner.on(PlayedMachine.BUILDX, "build").run((command, output) -> {
            machine.files.with("cache/.native.fresh-buildkit-ci-1/new", "");
            return new io.buildkitci.process.Outcome.Exited(0);
        });

        machine.run("build-push", "--cache", "local=cache", ".");

        assertThat(machine.files.list(Path.of("cache"))).containsExactly("native");
        assertThat(machine.files.list(Path.of("cache/native"))).containsExactly("new");
    }

    @Test
    void aFailedBuildKeepsItsLocalCache() throws InterruptedException {
        machine.files.with("cache/native/old", "");
        machine.runner.on(PlayedMachine.BUILDX, "build").run((command, output) -> {
            machine.files.with("cache/.native.fresh-buildkit-ci-1/half", "");
            return new io.buildkitci.process.Outcome.Exited(1);
        });

        machine.run("build-push", "--cache", "local=cache", ".");

        assertThat(machine.files.list(Path.of("cache"))).containsExactly("native");
        assertThat(machine.files.list(Path.of("cache/native"))).containsExactly("old");
    }

    private String reported() {
        return machine.files.read(Path.of("./report.json")).orElse("");
    }

    private static List<String> with(List<String> arguments, String more) {
        return java.util.stream.Stream.concat(arguments.stream(), java.util.stream.Stream.of(more))
                .toList();
    }
}

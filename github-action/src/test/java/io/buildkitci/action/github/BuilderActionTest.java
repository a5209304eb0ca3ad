package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.failure.Blame;
import io.buildkitci.process.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderActionTest {
    private static final String PLANTED = "correct-horse-battery";
    private static final String KEY = "-----BEGIN KEY-----\n" + PLANTED + "\n-----END KEY-----\n";

    private final PlayedJob job = new PlayedJob("create-builder");
    private final PlayedBuilders builders = new PlayedBuilders(job.machine);

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Undo undo(Told told) {
        return Undo.parse(told.state().getOrDefault(Undo.STATE, ""));
    }

    private PlayedJob remote() {
        return job.input("driver", "remote")
                .input("endpoint", "tcp://kit.example:1234")
                .with("BUILDER_NODE_0_AUTH_TLS_CACERT", "authority")
                .with("BUILDER_NODE_0_AUTH_TLS_CERT", "certificate")
                .with("BUILDER_NODE_0_AUTH_TLS_KEY", KEY);
    }

    @Test
    void whatIsToBeUndoneIsKnownBeforeTheBuilderIsMade() throws InterruptedException {
        List<Undo> then = new ArrayList<>();
        builders.beforeCreate = () -> then.add(Undo.parse(RunnerView.values(
                        job.machine.files.read(Path.of("/runner/state")).orElse(""))
                .getOrDefault(Undo.STATE, "")));
        job.input("name", "CI").main();

        assertThat(then).containsExactly(new Undo(Optional.of("ci"), false, Optional.empty(), List.of()));
    }

    @Test
    void thePostStepIsToldOfThePreviousBuilderAndOfTheStateToKeep() throws InterruptedException {
        builders.with("mine");
        job.machine.files.with("/buildx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"mine\"}");
        Told told = job.input("name", "ci").input("keep-state", "true").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(undo(told)).isEqualTo(new Undo(Optional.of("ci"), true, Optional.of("mine"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"cleanup, false", "driver, docker"})
    void thereIsNothingToUndoForABuilderThatStays(String input, String value) throws InterruptedException {
        Told told = job.input(input, value).main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.state()).containsEntry(Undo.STATE, "");
    }

    @Test
    void aBuilderThatWasThereIsTakenAndStays() throws InterruptedException {
        builders.with("ci");
        Told told = job.input("name", "ci").input("keep-state", "true").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.log()).contains("builder ci was there and is just what was asked for");
        assertThat(told.state()).containsEntry(Undo.STATE, "");
    }

    @Test
    void aBuilderThatDoesNotStartTellsWhatBuildxSaidAndLeavesNothing() throws InterruptedException {
        builders.boots = false;
        builders.boot = List.of("#1 pulling image", "ERROR: buildkitd: unknown flag --nonsense");
        Told told = job.input("name", "ci").main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors())
                .singleElement()
                .asString()
                .startsWith("builder ci did not start: ")
                .contains(
                        "  [builder-not-made]\n",
                        "\n| ERROR: buildkitd: unknown flag --nonsense\n→ ",
                        "docs/failures.md#builder-not-made");
        assertThat(told.outputs()).isEmpty();
        assertThat(builders.has("ci")).isFalse();
        assertThat(told.state()).containsEntry(Undo.STATE, "");
    }

    @Test
    void setsEveryOutputThatThePeerDeclares() throws InterruptedException {
        builders.running("linux/amd64", "linux/386", "linux/arm64");
        Told told = job.input("name", "ci").main();

        assertThat(told.outputs())
                .containsEntry("name", "ci")
                .containsEntry("driver", "docker-container")
                .containsEntry("platforms", "linux/amd64,linux/386,linux/arm64")
                .containsEntry("endpoint", "unix:///var/run/docker.sock")
                .containsEntry("status", "running")
                .containsEntry("flags", "--debug")
                .hasSize(7);
        assertThat(told.outputs().get("nodes")).startsWith("[{\"name\":\"ci0\"");
    }

    @Test
    void certificatesAreWrittenPrivatelyAndMaskedBeforeAnythingIsSaid() throws InterruptedException {
        job.machine.listening = true;
        Told told = remote().main();

        String folder = Path.of("/buildx/certs").toAbsolutePath().toString();
        assertThat(job.machine.files.read(Path.of(folder, "key_kit.example-1234.pem")))
                .contains(KEY);
        assertThat(job.machine.files.writes()).noneMatch(write -> write.file().startsWith(folder));
        assertThat(undo(told).files())
                .containsExactlyInAnyOrder(
                        folder + "/cacert_kit.example-1234.pem",
                        folder + "/cert_kit.example-1234.pem",
                        folder + "/key_kit.example-1234.pem");
        assertThat(told.view().data("add-mask")).contains(KEY, PLANTED, "authority", "certificate");
        assertThat(told.log().lines().findFirst().orElseThrow()).startsWith("::add-mask::");
    }

    @Test
    void certificatesThatABuilderOfSomebodyElseHasStay() throws InterruptedException {
        builders.with("theirs");
        job.machine.listening = true;
        job.machine.files.with("/buildx/certs/key_kit.example-1234.pem", KEY);
        Told told = remote().input("name", "theirs").main();

        assertThat(undo(told).files()).hasSize(2).noneMatch(file -> file.contains("key_"));
    }

    @Test
    void certificatesThatAreNotWrittenMakeNoBuilder() throws InterruptedException {
        job.machine.files.with("/buildx/certs/key_kit.example-1234.pem/x", "");
        Told told = remote().main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors().get(0)).contains("the builder is not made", "key_kit.example-1234.pem");
        assertThat(builders.changes()).isEmpty();
    }

    @Test
    void aBuilderThatNobodyWouldRemoveIsNotMade() throws InterruptedException {
        job.machine.without("GITHUB_STATE");
        Told told = job.main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(builders.changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.36.1", "0.36.1", "0.36", ">=0.30 <0.37"})
    void theBuildxThatIsInstalledIsTakenWhereItIsTheOneAskedFor(String version) throws InterruptedException {
        Told told = job.input("version", version).main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(job.machine.web.asked()).isEmpty();
        assertThat(job.machine.files.read(Path.of("/runner/env"))).contains("");
    }

    /** Releases of which no checksum comes with this program have one of their own. */
    private String publish(String base) {
        String program = "another buildx";
        job.machine
                .web
                .page(base + "/buildx-v9.9.9.linux-amd64", program)
                .page(base + "/checksums.txt", sha256(program) + " *buildx-v9.9.9.linux-amd64\n");
        return program;
    }

    @ParameterizedTest
    @CsvSource({
        "true,  /tools/buildkit-ci/buildx/v9.9.9-linux-amd64/docker-buildx",
        "false, /runner/temp/buildkit-ci/buildx/v9.9.9-linux-amd64/docker-buildx"
    })
    void anotherBuildxIsGotForThisStepAndForLaterOnes(String kept, String program) throws InterruptedException {
        String content = publish("https://github.com/docker/buildx/releases/download/v9.9.9");
        builders.calledAs(program);
        Told told = job.input("version", "v9.9.9")
                .input("cache-binary", kept)
                .input("name", "ci")
                .with("RUNNER_TOOL_CACHE", "/tools")
                .with("RUNNER_TEMP", "/runner/temp")
                .with("DOCKER_CONFIG", "/docker")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(job.machine.runner.commands())
                .filteredOn(command -> command.argv().contains("create"))
                .extracting(command -> command.argv().get(0))
                .containsExactly(program);
        assertThat(RunnerView.values(
                        job.machine.files.read(Path.of("/runner/env")).orElseThrow()))
                .containsExactly(Map.entry("BUILDKIT_CI_BUILDX", program));
        assertThat(job.machine.files.read(Path.of("/docker/cli-plugins/docker-buildx")))
                .contains(content);
    }

    @Test
    void aMirrorStandsForGitHub() throws InterruptedException {
        String program = "/tools/buildkit-ci/buildx/v9.9.9-linux-amd64/docker-buildx";
        publish("https://mirror.example/github/docker/buildx/releases/download/v9.9.9");
        builders.calledAs(program);
        Told told = job.input("version", "9.9.9")
                .input("install-from", "https://mirror.example/github/")
                .with("RUNNER_TOOL_CACHE", "/tools")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(job.machine.web.asked()).allMatch(address -> address.startsWith("https://mirror.example/"));
    }

    @Test
    void aBuildxThatIsNotToBeHadMakesNoBuilder() throws InterruptedException {
        Told told = job.input("version", "v9.9.9")
                .with("RUNNER_TOOL_CACHE", "/tools")
                .main();

        assertThat(told.exit()).isEqualTo(Blame.UPSTREAM.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0)).contains("buildx-v9.9.9.linux-amd64", "\n-> ");
        assertThat(builders.changes()).isEmpty();
    }

    @Test
    void inputsOfOlderVersionsAreTakenWithAWarning() throws InterruptedException {
        job.machine.files.with("kit.toml", "debug = true\n");
        Told told = job.input("config", "kit.toml").input("install", "true").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.view().data("warning")).hasSize(2).anyMatch(text -> text.contains("write buildkitd-config"));
        assertThat(builders.changes().get(0)).contains("--buildkitd-config kit.toml");
    }

    /** Only the daemon may see what a variable of its holds. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void variablesOfTheDaemonsAreShownNowhere(boolean starts) throws InterruptedException {
        builders.boots = starts;
        builders.boot = List.of("#1 starting with " + PLANTED, "ERROR: buildkitd: bad " + PLANTED);
        Told told = job.input("name", "ci")
                .input("driver-opts", "env.PLAIN=first-" + PLANTED)
                .input("append", "- driver-opts: [\"env.API_TOKEN=" + PLANTED + "\"]")
                .main();

        List<String> argv = job.machine.runner.commands().stream()
                .map(Command::argv)
                .flatMap(List::stream)
                .toList();
        assertThat(argv).contains("env.PLAIN=first-" + PLANTED, "env.API_TOKEN=" + PLANTED);
        assertThat(told.view().data("add-mask")).contains(PLANTED).doesNotContain("first-" + PLANTED);
        assertThat(told.log().replace("::add-mask::" + PLANTED, "")).doesNotContain(PLANTED);
        assertThat(told.outputs().values()).noneMatch(value -> value.contains(PLANTED));
        assertThat(told.exit() == 0).isEqualTo(starts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "driver-opts; env.PLAIN=correct-horse-battery\\nenv.PLAIN=correct-horse-battery",
                "driver-opts; netwrk=host,env.PLAIN=correct-horse-battery",
                "append; - driver-opts: [env.PLAIN=correct-horse-battery",
                "append; - driver-opts: [\"netwrk=a,env.PLAIN=correct-horse-battery\"]",
                "append; env.PLAIN: correct-horse-battery"
            })
    void problemsDoNotRepeatWhatMayBeSecret(String input, String value) throws InterruptedException {
        Told told = job.input(input, value.replace("\\n", "\n")).main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.log()).doesNotContain(PLANTED);
        assertThat(job.machine.runner.commands())
                .extracting(command -> command.argv().get(0))
                .doesNotContain(PlayedMachine.BUILDX);
    }
}

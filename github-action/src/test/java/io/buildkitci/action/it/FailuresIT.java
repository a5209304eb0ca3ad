package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong is named, blamed and placed, and told by the exit code. */
class FailuresIT {
    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    @AutoClose
    private static final Builder ENGINE = Builder.of(Driver.DOCKER);

    private final String nonce = CommandLine.fresh();

    /** Code, exit code, line of the Dockerfile (0: none), a word of the message, the Dockerfile, further arguments. */
    static List<Arguments> failures() throws IOException {
        return List.of(
                Arguments.of("step-failed", 1, 3, "exited with code 42", "FROM BASE\n\nRUN echo last; exit 42\n", ""),
                Arguments.of("dockerfile-syntax", 1, 2, "unknown instruction: RUNN", "FROM BASE\nRUNN echo\n", ""),
                Arguments.of("copy-source-missing", 1, 2, "nofile", "FROM BASE\nCOPY nofile /\n", ""),
                Arguments.of("stage-missing", 1, 0, "'nope'", "FROM BASE\n", "--target=nope"),
                Arguments.of(
                        "base-image-missing",
                        1,
                        1,
                        "its/nowhere",
                        "FROM %s/its/nowhere:1\n".formatted(CommandLine.TESTBED.registry()),
                        ""),
                Arguments.of(
                        "secret-missing",
                        2,
                        2,
                        "'tok'",
                        "FROM BASE\nRUN --mount=type=secret,id=tok,required=true true\n",
                        ""),
                Arguments.of("ssh-missing", 2, 2, "", "FROM BASE\nRUN --mount=type=ssh,required=true true\n", ""),
                Arguments.of(
                        "registry-unreachable",
                        4,
                        0,
                        "connection refused",
                        "FROM BASE\n",
                        "--push --tags=localhost:%d/its/x:1".formatted(FreePorts.next())),
                Arguments.of(
                        "source-unavailable",
                        4,
                        0,
                        "",
                        "FROM BASE\nADD http://localhost:%d/x /x\n".formatted(FreePorts.next()),
                        ""));
    }

    private static String[] split(String arguments, String... more) {
        Stream<String> given = arguments.isEmpty() ? Stream.of() : Stream.of(arguments.split(" ", -1));
        return Stream.concat(given, Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void areNamedBlamedAndPlaced(String code, int exit, int line, String word, String dockerfile, String arguments)
            throws Exception {
        Said said = BUILDER.build(BUILDER.context(dockerfile), split(arguments, "--json"));
        JsonNode failure = said.json().path("failure");

        assertThat(failure.path("code").asText()).as(said.toString()).isEqualTo(code);
        assertThat(said.exit()).isEqualTo(exit);
        assertThat(said.json().path("exitCode").asInt()).isEqualTo(exit);
        assertThat(said.json().path("outcome").asText()).isEqualTo("failed");
        assertThat(failure.path("line").asInt(0)).isEqualTo(line);
        assertThat(failure.path("message").asText()).contains(word);
        assertThat(failure.path("advice").asText()).endsWith(".");
    }

    @Test
    void theLastLinesOfAStepAreShown() throws Exception {
        Path context = BUILDER.context(
                "FROM BASE\nRUN for i in $(seq 60); do echo line-$i-%s; done; exit 9\n".formatted(nonce));

        Said text = BUILDER.build(context);

        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.out())
                .contains("exited with code 9", "Dockerfile:2", "| line-60-" + nonce)
                .doesNotContain("Exception");
        assertThat(text.err()).contains("line-1-" + nonce, "line-60-" + nonce);
    }

    @Test
    void aPlatformWithoutEmulatorIsNotCalledNative() throws Exception {
        String architecture = notEmulated();
        Path context = BUILDER.context("FROM BASE\nRUN echo %s\n".formatted(nonce));

        for (Builder builder : List.of(BUILDER, ENGINE)) {
            Said said = builder.build(context, "--platforms", architecture, "--json");
            Said text = builder.build(context, "--platforms", architecture);

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("no-emulator");
            assertThat(said.json().at("/failure/advice").asText()).contains("setup-qemu");
            assertThat(said.json().at("/platforms/0/runnable").asBoolean(true)).isFalse();
            assertThat(text.out()).contains("linux/" + architecture).doesNotContain("native");
        }
    }

    /** An architecture that the base image has and this kernel does not run. */
    private static String notEmulated() {
        return Stream.of("s390x", "ppc64le", "mips64le")
                .filter(architecture -> !Files.exists(Path.of("/proc/sys/fs/binfmt_misc/qemu-" + architecture)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("every architecture is emulated here"));
    }

    @Test
    void aPlatformThatTheBaseImageLacksIsNamed() throws Exception {
        String image = Builder.image("narrow");
        BUILDER.build(
                        BUILDER.context("FROM BASE\nRUN echo %s\n".formatted(nonce)),
                        "--platforms",
                        "amd64",
                        "--tags",
                        image,
                        "--push",
                        "--json")
                .built();

        Said said = BUILDER.build(
                BUILDER.context("FROM %s\nRUN echo %s\n".formatted(image, nonce)),
                "--platforms",
                "amd64,386",
                "--json");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(Reported.failure(said)).isEqualTo("base-image-for-platform-missing");
        assertThat(said.json().at("/failure/message").asText()).contains("linux/386");
    }

    @Test
    void aBuilderThatIsNotThereIsTheEnvironmentsFault() throws Exception {
        String context = ENGINE.context("FROM BASE\n").toString();

        Said said = ENGINE.commandLine().run("build-push", "--builder", "its-nowhere", context);

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("there is no builder 'its-nowhere'");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void anEngineThatDoesNotAnswerIsTheEnvironmentsFault() throws Exception {
        CommandLine with = ENGINE.commandLine()
                .with("DOCKER_HOST", "unix://" + ENGINE.folder().resolve("nobody.sock"));
        Path context = ENGINE.context("FROM BASE\n");

        Said one = ENGINE.build(with, context, "--json");
        Said several = ENGINE.build(with, context, "--platforms", "amd64,386");

        assertThat(one.exit()).as(one.toString()).isEqualTo(3);
        assertThat(Reported.failure(one)).isEqualTo("engine-unreachable");
        assertThat(several.exit()).as(several.toString()).isEqualTo(3);
        assertThat(several.out() + several.err()).contains("nobody.sock");
    }

    @Test
    void noBuildxIsTheEnvironmentsFault() throws Exception {
        CommandLine with = ENGINE.through(ENGINE.folder().resolve("no-buildx"));

        Said said = ENGINE.build(with, ENGINE.context("FROM BASE\n"));

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("buildx", "no-buildx").doesNotContain("Exception");
    }

    @Test
    void everyBadInputIsListedAndNothingIsRun() throws Exception {
        Path context = ENGINE.context("FROM BASE\nRUN echo %s\n".formatted(nonce));
        CommandLine with = ENGINE.commandLine().with("BUILDKIT_CI_SHM_SIZE", "much");
        Path config = Files.writeString(ENGINE.folder().resolve("inputs-" + nonce + ".yaml"), "network: nowhere\n");

        Said said = with.run(
                "build-push",
                "--config",
                config.toString(),
                "--platforms=linux/foo,arm64,linux/arm64/v8",
                "--tags=A b",
                "--push=maybe",
                "--secret-envs=x=NOPE",
                "--plattforms=x",
                "--cache=locl",
                context.toString());

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains(
                        "9 inputs are wrong; nothing was run",
                        "'linux/foo'",
                        "given twice",
                        "'A b'",
                        "'maybe'",
                        "x=NOPE",
                        "did you mean 'platforms'",
                        "'locl'",
                        "BUILDKIT_CI_SHM_SIZE",
                        "'much'",
                        "'nowhere'")
                .doesNotContain("Exception");
    }

    @Test
    void aBuilderThatIsKilledMeanwhileIsLost() throws Exception {
        try (Builder builder = Builder.of(Driver.DOCKER_CONTAINER)) {
            Path context = builder.context("FROM BASE\nRUN echo %s; while sleep 1; do :; done\n".formatted(nonce));
            Said said;
            try (Running running = builder.startBuild(builder.commandLine(), context, "--retries=0", "--json")) {
                Machine.awaitOne("echo " + nonce);
                builder.commandLine().docker("kill", "buildx_buildkit_" + builder.name() + "0");
                said = running.end();
            }

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("builder-lost");
            assertThat(said.json().at("/failure/retryable").asBoolean()).isTrue();
        }
    }
}

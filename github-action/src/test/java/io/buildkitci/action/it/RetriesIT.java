package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import io.buildkitci.testbed.FaultyRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may pass is tried again, what does not answer is given up, and neither builds a step twice. */
class RetriesIT {
    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    private static FaultyRegistry registry;

    private final String nonce = CommandLine.fresh();

    @BeforeAll
    static void begin() throws IOException {
        registry = FaultyRegistry.before(CommandLine.TESTBED.registry());
    }

    @AfterAll
    static void end() {
        registry.close();
    }

    @Test
    void aPushThatIsRefusedForAMomentIsTriedAgainAndNoStepIsBuiltTwice() throws Exception {
        Said said = push("flaky-429-5", "RUN echo %s".formatted(nonce), "--json");
        JsonNode report = said.built();

        assertThat(report.path("attempts").asInt()).as(said.toString()).isEqualTo(2);
        assertThat(Reported.texts(report.path("notes")).get(0))
                .startsWith("run 1 failed at ")
                .contains("run again after 2.0 s", "[registry-rate-limited]");
        assertThat(Reported.run(report)).isZero();
        assertThat(said.err()).contains("run 1 failed at ").containsOnlyOnce("    | " + nonce + "\n");
        assertThat(report.at("/image/digest").asText()).startsWith("sha256:");
    }

    @Test
    void soAreTargetsOfADefinition() throws Exception {
        Said said = bake("flaky-429-5");
        JsonNode report = said.built();

        assertThat(Reported.texts(report.path("notes")))
                .as(said.toString())
                .singleElement()
                .asString()
                .startsWith("run 1 failed at ")
                .contains("run again after 2.0 s", "[registry-rate-limited]");
        assertThat(report.at("/targets/default/image/digest").asText()).startsWith("sha256:");
        assertThat(said.err()).contains("run 1 failed at ").containsOnlyOnce("    | " + nonce + "\n");
    }

    @Test
    void theirRegistryThatNeverAnswersIsGivenUpToo() throws Exception {
        Said said = bake("stall", "--inactivity-timeout=3s", "--retries=0");

        assertThat(said.exit()).as(said.toString()).isEqualTo(4);
        assertThat(Reported.failure(said)).isEqualTo("stalled");
        assertThat(said.json().at("/failure/message").asText()).contains("while it waited for: ", "pushing");
        Machine.awaitNone(nonce);
    }

    private Said bake(String fault, String... more) throws Exception {
        Path context = BUILDER.context("FROM BASE\nRUN echo %s\n".formatted(nonce));
        Files.writeString(
                context.resolve("docker-bake.hcl"),
                "target \"default\" { tags = [\"%s/%s/a%s:1\"] }\n".formatted(registry.address(), fault, nonce));
        return BUILDER.commandLine()
                .inDirectory(context)
                .run(Stream.concat(Stream.of("bake", "--builder", BUILDER.name(), "--push", "--json"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void zeroRetriesFailAtOnce() throws Exception {
        Said said = push("flaky-429-5", "RUN echo %s".formatted(nonce), "--retries=0", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(4);
        assertThat(Reported.failure(said)).isEqualTo("registry-rate-limited");
        assertThat(said.json().path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aStepThatFailsIsNeverTriedAgain() throws Exception {
        Said said = push("good", "RUN echo %s; exit 3".formatted(nonce), "--retries=5", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(said.json().path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aRegistryThatAcceptsAndNeverAnswersIsGivenUp() throws Exception {
        Said said = push("stall", "RUN echo %s".formatted(nonce), "--inactivity-timeout=3s", "--retries=0", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(4);
        assertThat(Reported.failure(said)).isEqualTo("stalled");
        assertThat(said.json().at("/failure/message").asText()).contains("while it waited for: ", "pushing");
        Machine.awaitNone(nonce);
    }

    @Test
    void soIsOneThatDoesNotTellOfABaseImage() throws Exception {
        Path context = BUILDER.context("FROM %s/stall-read/base:1\n".formatted(registry.address()));

        Said said = BUILDER.build(context, "--inactivity-timeout=3s", "--retries=0", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(4);
        assertThat(Reported.failure(said)).isEqualTo("stalled");
        assertThat(said.json().at("/failure/message").asText()).contains("load metadata for ");
    }

    @Test
    void aStepMayBeSilentForLongerThanThat() throws Exception {
        Said said = push("good", "RUN sleep 5; echo %s".formatted(nonce), "--inactivity-timeout=2s", "--json");

        assertThat(said.built().path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aBuildThatTakesTooLongIsEndedAndSaysWhatItWaitedFor() throws Exception {
        Said said = push("good", "RUN echo %s; sleep 100".formatted(nonce), "--timeout=6s", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(Reported.failure(said)).isEqualTo("timed-out");
        assertThat(said.json().at("/failure/message").asText())
                .containsPattern("stopped after \\d+ seconds")
                .contains("RUN echo " + nonce);
        Machine.awaitNone("echo " + nonce);
    }

    @Test
    void aCacheThatCannotBeWrittenIsAWarningForAnImageThatIsPushed() throws Exception {
        Said said = push(
                "good",
                "RUN echo %s".formatted(nonce),
                "--cache-to=type=registry,ref=%s/drop/cache:1".formatted(registry.address()),
                "--retries=0",
                "--json");
        JsonNode report = said.built();

        assertThat(Reported.texts(report.path("notes")))
                .as(said.toString())
                .anySatisfy(note -> assertThat(note)
                        .contains("run again without writing the cache at once", "[cache-export-failed]"));
        assertThat(report.at("/image/pushed").asBoolean()).isTrue();
        assertThat(report.at("/image/digest").asText()).startsWith("sha256:");
        assertThat(Reported.run(report)).isZero();
    }

    @Test
    void aBuilderThatIsKilledIsStartedAgainWithWhatItHadBuilt() throws Exception {
        try (Builder builder = Builder.of(Driver.DOCKER_CONTAINER)) {
            Path context = builder.context("""
                    FROM BASE
                    RUN echo first-%1$s
                    RUN --mount=type=cache,id=%1$s,target=/c if [ -e /c/x ]; then echo second-%1$s; else touch /c/x;\
                     echo block-%1$s; while sleep 1; do :; done; fi
                    """.formatted(nonce));
            Said said;
            try (Running running = builder.startBuild(builder.commandLine(), context, "--json")) {
                running.awaitErr("block-" + nonce + "\n");
                builder.commandLine().docker("kill", "buildx_buildkit_" + builder.name() + "0");
                said = running.end();
            }
            JsonNode report = said.built();

            assertThat(report.path("attempts").asInt()).as(said.toString()).isEqualTo(2);
            assertThat(Reported.texts(report.path("notes")).get(0)).contains("[builder-lost]");
            assertThat(Pattern.compile("(?m)^    \\| first-" + nonce + "$")
                            .matcher(said.err())
                            .results())
                    .hasSize(1);
            assertThat(said.err()).contains("    | second-" + nonce);
            assertThat(Reported.steps(report)).isEqualTo(List.of(2, 1, 1));
        }
    }

    @Test
    void aBuilderThatWasRemovedIsMadeAgainBeforeItBuilds() throws Exception {
        vanish(BUILDER.name(), Loss.BUILDER);
        Path context = BUILDER.context("FROM BASE\nRUN echo %s\n".formatted(nonce));

        Said not = BUILDER.build(context, "--retries=0");
        assertThat(not.exit()).as(not.toString()).isEqualTo(3);
        assertThat(not.err()).contains("there is no builder '" + BUILDER.name() + "'");
        JsonNode report = BUILDER.build(context, "--json").built();

        assertThat(report.path("attempts").asInt()).isEqualTo(1);
        assertThat(Reported.texts(report.path("notes")))
                .contains("builder '" + BUILDER.name() + "' was gone and is made again, as it was made before");
        assertThat(definition()).contains(CommandLine.TESTBED.buildkitImage(), "\"network\":\"host\"");
    }

    @ParameterizedTest
    @EnumSource
    void aBuilderThatVanishesWhileItBuildsIsMadeAgain(Loss loss) throws Exception {
        Said said = builtThough(BUILDER.name(), loss);
        JsonNode report = said.built();

        assertThat(report.path("attempts").asInt()).as(said.toString()).isEqualTo(2);
        assertThat(Reported.texts(report.path("notes")).get(0))
                .contains("[builder-lost]; builder '" + BUILDER.name() + "'", loss.told);
        assertThat(said.err()).contains(loss.told, "    | second-" + nonce);
        assertThat(Reported.run(report)).isEqualTo(2);
    }

    @Test
    void oneThatSomebodyElseMadeIsMissedAndNotReplaced() throws Exception {
        String name = "its-" + CommandLine.fresh();
        try {
            Said made = BUILDER.commandLine()
                    .buildx(
                            "create",
                            "--name=" + name,
                            "--driver=docker-container",
                            "--driver-opt=image=" + CommandLine.TESTBED.buildkitImage(),
                            "--driver-opt=network=host",
                            "--buildkitd-config=" + CommandLine.TESTBED.buildkitdConfig());
            assertThat(made.exit()).as(made.toString()).isZero();

            Said said = builtThough(name, Loss.BUILDER);

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("builder-lost");
            assertThat(said.json().at("/failure/message").asText())
                    .isEqualTo("builder '" + name + "' was removed while it was building");
            assertThat(said.json().path("attempts").asInt()).isEqualTo(1);
        } finally {
            BUILDER.commandLine().buildx("rm", "--force", name);
        }
    }

    /** What of a builder somebody removes, and what is said of it. */
    private enum Loss {
        CONTAINER("gets a new container in place of"),
        BUILDER("was gone and is made again");

        private final String told;

        Loss(String told) {
            this.told = told;
        }
    }

    /** As {@code buildx rm} leaves it, which first waits 10 s for a step that does not end. */
    private static void vanish(String name, Loss loss) throws Exception {
        CommandLine with = BUILDER.commandLine();
        String container = "buildx_buildkit_" + name + "0";
        if (loss == Loss.BUILDER) {
            assertThat(with.buildx("rm", "--keep-daemon", name).exit()).isZero();
        }
        assertThat(with.docker("rm", "--force", container).exit()).isZero();
        assertThat(with.docker("volume", "rm", container + "_state").exit()).isZero();
    }

    private static String definition() throws Exception {
        return Files.readString(
                BUILDER.commandLine().folder().resolve("buildx/instances").resolve(BUILDER.name()));
    }

    /** Its builder vanishes when it is in its second step, which ends at once after that. */
    private Said builtThough(String name, Loss loss) throws Exception {
        Path context = BUILDER.context("""
                FROM BASE
                RUN echo first-%1$s
                RUN --mount=type=secret,id=go if grep -q now /run/secrets/go; then echo second-%1$s; else\
                 echo block-%1$s; while sleep 1; do :; done; fi
                """.formatted(nonce));
        Path go = Files.writeString(BUILDER.folder().resolve("go-" + nonce), "not yet");
        String[] build = {"build-push", "--builder", name, "--json", "--secret-files", "go=" + go, context.toString()};
        try (Running running = BUILDER.commandLine().start(build)) {
            running.awaitErr("block-" + nonce + "\n");
            Files.writeString(go, "now");
            vanish(name, loss);
            return running.end();
        }
    }

    private Said push(String fault, String instruction, String... more) throws Exception {
        Path context = BUILDER.context("FROM BASE\n" + instruction + "\n");
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--push";
        arguments[1] = "--tags=%s/%s/a%s:1".formatted(registry.address(), fault, nonce);
        System.arraycopy(more, 0, arguments, 2, more.length);
        return BUILDER.build(context, arguments);
    }
}

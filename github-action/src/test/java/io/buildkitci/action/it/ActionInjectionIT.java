package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What steps of a build print, and what inputs say, is text to the runner whatever it looks like. */
class ActionInjectionIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONG_LINE = 10 * 1024 * 1024;

    /** Bytes, for not all of them are UTF-8. */
    private static final byte[] HOSTILE = String.join(
                    "\n",
                    "::set-output name=digest::hostile",
                    "  ::set-output name=imageid::hostile",
                    "::add-mask::linux",
                    "::set-env name=PATH::hostile",
                    "::add-path::/hostile",
                    "::save-state name=undo::hostile",
                    "::error file=Dockerfile,line=1::hostile",
                    "##[error]hostile",
                    "before it ##[set-output name=digest]hostile",
                    "::stop-commands::hostile",
                    "::hostile::",
                    "::group::hostile",
                    "::endgroup::",
                    "\u001b[2J\u001b[31mred\u001b]0;hostile\u0007",
                    "bar\r::set-output name=digest::hostile\r##[set-output name=digest]hostile",
                    "::notice::hostile\r",
                    "\u00ff\u00fe\u0080::warning::hostile",
                    "\u00ff\u00fe",
                    "::warning::hostile",
                    "")
            .getBytes(StandardCharsets.ISO_8859_1);

    private static final RunnerJob JOB = new RunnerJob();

    @BeforeAll
    static void makeBuilder() throws Exception {
        Told created = JOB.createBuilder(Driver.DOCKER_CONTAINER)
                .input(
                        "driver-opts",
                        "image=" + TESTBED.buildkitImage() + "\nnetwork=host\nenv.BUILDKIT_STEP_LOG_MAX_SIZE=-1"
                                + "\nenv.BUILDKIT_STEP_LOG_MAX_SPEED=-1")
                .main();
        assertThat(created.exit()).as(created.toString()).isZero();
    }

    @AfterAll
    static void endJob() throws Exception {
        JOB.close();
    }

    private final String nonce = CommandLine.fresh();

    /** Steps that print it, and then a marker. */
    private String dockerfile(String end) throws Exception {
        JOB.file("hostile/nonce", nonce);
        Files.write(JOB.workspace().resolve("hostile/hostile"), HOSTILE);
        return "FROM BASE\nCOPY . /\nRUN cat /hostile; cat /hostile >&2; echo after-%s; %s\n".formatted(nonce, end);
    }

    @Test
    void linesOfABuildCommandNothing() throws Exception {
        String image = Builder.image("hostile");
        JOB.file("hostile/Dockerfile", dockerfile("true"));

        Told told = JOB.step("build-push")
                .input("context", "hostile")
                .input("tags", image)
                .input("push", "true")
                .main();

        assertThat(told.exit()).as(told.toString()).isZero();
        assertThat(told.view().plain()).anyMatch(line -> line.contains("after-" + nonce));
        assertThat(told.view().commands())
                .noneMatch(command -> command.toString().contains("hostile::"));
        onlyOurCommands(told);
        assertThat(told.output("digest")).isEqualTo(Registry.read(image).digest());
        assertThat(told.outputs().toString() + told.state()).doesNotContain("::hostile");
    }

    @Test
    void aFailureThatQuotesThemCommandsNothingEither() throws Exception {
        JOB.file("hostile/Dockerfile", dockerfile("cat /hostile; exit 3"));

        Told told = JOB.step("build-push").input("context", "hostile").main();

        assertThat(told.exit()).isEqualTo(1);
        onlyOurCommands(told);
        assertThat(told.view().all("error")).singleElement().satisfies(error -> {
            assertThat(error.properties())
                    .containsEntry("file", "hostile/Dockerfile")
                    .containsEntry("line", "3");
            assertThat(error.data()).contains("exited with code 3", "hostile");
        });
        assertThat(told.summary()).contains("exited with code 3");
        assertThat(told.outputs().toString() + told.state()).doesNotContain("hostile");
    }

    @Test
    void aLineOfTenMegabytesLeavesTheLogInOrder() throws Exception {
        JOB.file(
                "long/Dockerfile",
                ("FROM BASE\nRUN echo %s; head -c %d /dev/zero | tr '\\0' x; printf '::set-output name=digest::hostile';"
                                + " echo; echo after-%s\n")
                        .formatted(nonce, LONG_LINE, nonce));

        Told told = JOB.step("build-push").input("context", "long").main();

        assertThat(told.exit()).isZero();
        onlyOurCommands(told);
        assertThat(told.view().plain()).anyMatch(line -> line.contains("after-" + nonce));
        assertThat(told.log().chars().filter(c -> c == 'x').count()).isGreaterThanOrEqualTo(LONG_LINE);
        assertThat(told.summary().length()).isLessThan(100_000);
    }

    /** Commands and their ends are in pairs, and each is one that this project gives. */
    private static void onlyOurCommands(Told told) {
        RunnerView view = told.view();
        assertThat(view.stopped()).isFalse();
        assertThat(view.all("endgroup")).hasSameSizeAs(view.all("group"));
        assertThat(view.data("group")).isSubsetOf("Command", "Metadata");
        assertThat(view.commands())
                .extracting(RunnerView.Command::name)
                .filteredOn(name -> !name.startsWith("buildkit-ci-"))
                .isSubsetOf("group", "endgroup", "stop-commands", "add-mask", "error");
        assertThat(view.data("stop-commands")).allMatch(token -> token.startsWith("buildkit-ci-"));
        assertThat(view.data("add-mask")).doesNotContain("linux");
    }

    @Test
    void valuesThatLookLikeEntriesOfTheOutputFileStayValues() throws Exception {
        String image = Builder.image("hostile");
        String value = "a\ndigest<<EOF\nsha256:hostile\nEOF\nimageid=hostile";
        JOB.file("values/Dockerfile", "FROM BASE\nRUN echo %s\n".formatted(nonce));

        Told told = JOB.step("build-push")
                .input("context", "values")
                .input("labels", "\"org.example.hostile=" + value + "\"")
                .input("build-args", "HOSTILE=%0Adigest=hostile::set-output name=digest::x")
                .input("tags", image)
                .input("push", "true")
                .main();

        assertThat(told.exit()).as(told.toString()).isZero();
        onlyOurCommands(told);
        Registry.Manifest index = Registry.read(image);
        assertThat(told.output("digest")).isEqualTo(index.digest());
        assertThat(index.of("linux/amd64")
                        .config()
                        .at("/config/Labels/org.example.hostile")
                        .asText())
                .isEqualTo(value);
        assertThat(JSON.readTree(told.output("metadata"))
                        .findValue("label:org.example.hostile")
                        .asText())
                .isEqualTo(value);
    }

    @Test
    void secretsThatAFailingStepPrintsAreNowhere() throws Exception {
        List<String> lines =
                List.of("first-" + CommandLine.fresh(), "se\"cond % " + CommandLine.fresh(), "third-" + nonce);
        String secret = String.join("\n", lines);
        JOB.file("secret/Dockerfile", """
                FROM BASE
                RUN --mount=type=secret,id=key cat /run/secrets/key; echo; echo %s; echo "$(cat /run/secrets/key)" >&2; exit 3
                """.formatted(CommandLine.fresh()));

        Told told = JOB.step("build-push")
                .input("context", "secret")
                .input("secrets", "\"key=" + secret.replace("\"", "\"\"") + "\"")
                .main();

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.view().data("add-mask")).contains(secret).containsAll(lines);
        assertThat(told.errors()).singleElement().asString().contains("***");
        assertThat(told.shown()).contains("***").doesNotContain(lines);
    }
}

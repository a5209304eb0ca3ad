package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every other input of a build does in BuildKit what its name says. */
class OptionsIT {
    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    @AutoClose
    private static final Builder ENGINE = Builder.of(Driver.DOCKER);

    private final String nonce = CommandLine.fresh();

    /** What a step sees, written to a file of the result. */
    private String seenBy(Builder builder, String step, String... arguments) throws Exception {
        Path out = builder.folder().resolve("out-" + CommandLine.fresh());
        Path context = builder.context(
                "FROM BASE AS seen\nRUN echo %s > /nonce; (%s) > /seen\nFROM scratch\nCOPY --from=seen /seen /seen\n"
                        .formatted(nonce, step));
        Said said = builder.build(
                context,
                Stream.concat(Stream.of("--outputs", "type=local,dest=" + out), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isZero();
        return Files.readString(out.resolve("seen"));
    }

    static List<Arguments> sandboxes() {
        return List.of(
                Arguments.of("grep it.example /etc/hosts", "10.1.2.3\tit.example\n", "--add-hosts=it.example:10.1.2.3"),
                Arguments.of("df -k /dev/shm | awk 'NR == 2 { print $2 }'", "98304\n", "--shm-size=96m"),
                Arguments.of("ulimit -Sn; ulimit -Hn", "1000\n2000\n", "--ulimit=nofile=1000:2000"),
                Arguments.of("ls /sys/class/net", "lo\n", "--network=none"));
    }

    @ParameterizedTest
    @MethodSource("sandboxes")
    void stepsGetTheSandboxThatWasAskedFor(String step, String expected, String argument) throws Exception {
        assertThat(seenBy(BUILDER, step, argument)).isEqualTo(expected);
    }

    @Test
    void theHostsNetworkIsForStepsThatMayUseIt() throws Exception {
        String dockerfile = "FROM BASE\nRUN --network=host echo %s; ls /sys/class/net\n".formatted(nonce);

        Said refused = BUILDER.build(BUILDER.context(dockerfile), "--json");
        Said allowed = BUILDER.build(BUILDER.context(dockerfile), "--allow", "network.host", "--json");
        String seen = seenBy(BUILDER, "ls /sys/class/net", "--network", "host", "--allow", "network.host");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(Reported.failure(refused)).isEqualTo("entitlement-missing");
        assertThat(Reported.run(allowed.built())).isEqualTo(1);
        assertThat(seen.lines()).hasSizeGreaterThan(1);
    }

    @Test
    void targetsArgumentsContextsAndNamesReachTheImage() throws Exception {
        Path context = BUILDER.context("""
                ARG WORD=none
                FROM BASE AS wanted
                ARG WORD
                COPY --from=more /word /more
                RUN echo "%s $WORD" > /word
                FROM wanted
                RUN exit 1
                """.formatted(nonce));
        Path more = Files.createDirectories(BUILDER.folder().resolve("more-" + nonce));
        Files.writeString(more.resolve("word"), "more");
        String image = Builder.image("options");

        JsonNode report = BUILDER.build(
                        context,
                        "--platforms=amd64,386",
                        "--target=wanted",
                        "--build-args=WORD=a, \"b\" = c",
                        "--build-contexts=more=" + more,
                        "--labels=org.example.one=x=y, z",
                        "--labels=org.example.two=",
                        "--annotations=org.example.on-manifest=manifest",
                        "--annotations=index:org.example.on-index=index, still",
                        "--tags=" + image,
                        "--push",
                        "--json")
                .built();
        Registry.Manifest index = Registry.read(image);
        Registry.Manifest manifest = index.of("linux/386");

        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(index.json().at("/annotations/org.example.on-index").asText())
                .isEqualTo("index, still");
        assertThat(manifest.json().at("/annotations/org.example.on-manifest").asText())
                .isEqualTo("manifest");
        assertThat(manifest.config().at("/config/Labels/org.example.one").asText())
                .isEqualTo("x=y, z");
        assertThat(manifest.config().at("/config/Labels").has("org.example.two"))
                .isTrue();
        List<byte[]> layers = manifest.layers();
        assertThat(new String(Archive.unzipped(layers.get(layers.size() - 1)), java.nio.charset.StandardCharsets.UTF_8))
                .contains(nonce + " a, \"b\" = c\n");
    }

    @Test
    void aDockerfileCanStandElsewhere() throws Exception {
        Path context = Files.createDirectories(BUILDER.folder().resolve("ctx-" + nonce));
        Files.writeString(context.resolve("page"), nonce);
        Path dockerfile = Files.writeString(
                BUILDER.folder().resolve("some.Dockerfile"),
                "FROM " + CommandLine.TESTBED.base() + "\nCOPY page /page\nRUN grep " + nonce + " /page\n");

        Said said = BUILDER.build(context, "--file", dockerfile.toString(), "--json");

        assertThat(Reported.steps(said.built())).containsExactly(2, 0, 2);
    }

    @Test
    void cachesCanBeLeftAlone() throws Exception {
        Path context = BUILDER.context(
                "FROM BASE AS first\nRUN echo %s > /one\nFROM first AS second\nRUN echo two > /two\n".formatted(nonce));

        JsonNode first = BUILDER.build(context, "--json").built();
        JsonNode again = BUILDER.build(context, "--json").built();
        JsonNode oneStage =
                BUILDER.build(context, "--no-cache-filters", "second", "--json").built();
        JsonNode none = BUILDER.build(context, "--no-cache", "--json").built();

        assertThat(Reported.steps(first)).containsExactly(2, 0, 2);
        assertThat(Reported.steps(again)).containsExactly(2, 2, 0);
        assertThat(Reported.steps(oneStage)).containsExactly(2, 1, 1);
        assertThat(Reported.steps(none)).containsExactly(2, 0, 2);
    }

    /** An engine takes the base image that it has unless it is told to look it up again. */
    @Test
    void pullLooksTheBaseImageUpAgain() throws Exception {
        String base = Builder.image("base");
        Path pushed = ENGINE.context("FROM BASE\nRUN echo pushed %s > /which\n".formatted(nonce));
        Path loaded = ENGINE.context("FROM BASE\nRUN echo loaded %s > /which\n".formatted(nonce));
        Path context =
                ENGINE.context("FROM %s AS seen\nFROM scratch\nCOPY --from=seen /which /which\n".formatted(base));
        Path out = ENGINE.folder().resolve("out-" + nonce);
        try {
            BUILDER.build(pushed, "--tags", base, "--push", "--json").built();
            ENGINE.build(loaded, "--tags", base, "--load", "--json").built();

            ENGINE.build(context, "--outputs", "type=local,dest=" + out.resolve("have"), "--json")
                    .built();
            ENGINE.build(context, "--pull", "--outputs", "type=local,dest=" + out.resolve("pulled"), "--json")
                    .built();

            assertThat(out.resolve("have/which")).hasContent("loaded " + nonce + "\n");
            assertThat(out.resolve("pulled/which")).hasContent("pushed " + nonce + "\n");
        } finally {
            ENGINE.commandLine().docker("image", "rm", "--force", base);
        }
    }

    @Test
    void provenanceIsAttachedAsAskedFor() throws Exception {
        Path context = BUILDER.context("FROM BASE\nARG WORD\nRUN echo %s > /nonce\n".formatted(nonce));
        String with = Builder.image("provenance");
        String without = Builder.image("provenance");

        BUILDER.build(context, "--tags", with, "--push", "--provenance", "mode=max", "--json")
                .built();
        BUILDER.build(context, "--tags", without, "--push", "--provenance", "false", "--json")
                .built();
        JsonNode attached = Registry.read(with).of("unknown/unknown").json();

        assertThat(attached.at("/layers/0/annotations/in-toto.io~1predicate-type")
                        .asText())
                .startsWith("https://slsa.dev/provenance/");
        assertThat(Registry.read(without).platforms()).isEmpty();
    }

    private static final String TWO_WARNINGS = "FROM BASE as seen\nRUN echo\nENTRYPOINT run\n";

    @Test
    void checksReportWhereTheyWarn() throws Exception {
        for (Path buildx : List.of(CommandLine.TESTBED.buildx(), CommandLine.TESTBED.oldBuildx())) {
            Said warned =
                    BUILDER.build(BUILDER.through(buildx), BUILDER.context(TWO_WARNINGS), "--call", "check", "--json");
            Said clean = BUILDER.build(
                    BUILDER.through(buildx), BUILDER.context("FROM BASE\nRUN echo\n"), "--call", "check", "--json");

            assertThat(warned.exit()).as(warned.toString()).isEqualTo(1);
            assertThat(Reported.failure(warned)).isEqualTo("checks-failed");
            assertThat(warned.json().at("/failure/line").asInt()).isEqualTo(1);
            assertThat(warned.json().path("warnings"))
                    .extracting(
                            w -> w.path("rule").asText() + " " + w.path("line").asInt())
                    .containsExactly("FromAsCasing 1", "JSONArgsRecommended 3");
            assertThat(clean.exit()).as(clean.toString()).isZero();
            assertThat(clean.json().path("warnings")).isEmpty();
        }
    }

    @Test
    void warningsOfABuildDoNotFailIt() throws Exception {
        Said said = BUILDER.build(BUILDER.context(TWO_WARNINGS), "--json");

        assertThat(said.built().path("warnings"))
                .extracting(w -> w.path("rule").asText() + " " + w.path("line").asInt())
                .containsExactlyInAnyOrder("FromAsCasing 1", "JSONArgsRecommended 3");
    }

    @Test
    void questionsAreAnsweredOnStandardOutput() throws Exception {
        Path context = BUILDER.context("FROM BASE AS one\nFROM one AS two\n");

        Said targets = BUILDER.build(context, "--call", "targets");
        Said asJson = BUILDER.build(context, "--call", "targets", "--json");

        assertThat(targets.exit()).isZero();
        assertThat(targets.out()).contains("one", "two (default)");
        assertThat(asJson.json().at("/answer").asText()).contains("two (default)");
    }
}

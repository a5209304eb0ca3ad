package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static io.buildkitci.action.it.ServedCache.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bake --cache service=<address>}: every target has a cache of its own there, and all of them one pass. */
class BakeCacheIT {
    private static final String DEFINITION = """
            group "default" { targets = ["test", "app"] }
            target "test" { target = "test" }
            target "app" { platforms = ["linux/amd64", "linux/386"] }
            """;

    @AutoClose
    private static final TwoBuilders BUILDERS = new TwoBuilders("""
            FROM BASE AS test
            RUN echo tested %1$s > /tested
            RUN cp /tested /again
            FROM BASE
            ARG TARGETPLATFORM
            RUN echo %1$s for $TARGETPLATFORM > /made
            """);

    @AutoClose
    private final ServedCache cache;

    BakeCacheIT() throws Exception {
        cache = ServedCache.at("0.0.0.0", BUILDERS.commandLine());
    }

    /** A definition in a context that nobody has built yet. */
    private static Path context() throws Exception {
        Path context = BUILDERS.context();
        Files.writeString(context.resolve("docker-bake.hcl"), DEFINITION);
        return context;
    }

    private String[] arguments(Builder builder, String... more) throws Exception {
        return Stream.concat(
                        Stream.of(
                                "bake", "--builder", builder.name(), "--cache", "service=" + cache.address(), "--json"),
                        Stream.concat(Stream.of("--set", "*.output=type=cacheonly"), Stream.of(more)))
                .toArray(String[]::new);
    }

    private JsonNode bake(CommandLine through, Builder builder, Path context) throws Exception {
        return through.inDirectory(context).run(arguments(builder)).built();
    }

    private static CommandLine with(String token, Builder builder) {
        return builder.commandLine().with("BUILDKIT_CI_CACHE_TOKEN", token);
    }

    private static List<Path> clients() {
        return List.of(TESTBED.buildx(), TESTBED.oldBuildx());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whatOneBuilderWritesAnotherReadsForEveryTarget(Path buildx) throws Exception {
        String token = cache.token(MAIN, "--write");
        Path context = context();
        CommandLine writing = BUILDERS.writer().through(buildx).with("BUILDKIT_CI_CACHE_TOKEN", token);
        CommandLine reading = BUILDERS.reader().through(buildx).with("BUILDKIT_CI_CACHE_TOKEN", token);

        JsonNode written = bake(writing, BUILDERS.writer(), context).path("targets");
        JsonNode read = bake(reading, BUILDERS.reader(), context).path("targets");

        assertThat(Reported.steps(written.path("test"))).startsWith(2, 0);
        assertThat(Reported.steps(written.path("app"))).startsWith(2, 0);
        assertThat(Reported.steps(read.path("test"))).startsWith(2, 2);
        assertThat(Reported.steps(read.path("app"))).startsWith(2, 2);
    }

    @Test
    void theEnginesOwnBuilderWritesAndReadsItToo() throws Exception {
        String token = cache.token(MAIN, "--write");
        try (Builder engine = Builder.of(Driver.DOCKER)) {
            Path there = context();
            Path here = context();

            JsonNode written = bake(with(token, engine), engine, there).path("targets");
            JsonNode readByAnother = bake(with(token, BUILDERS.reader()), BUILDERS.reader(), there)
                    .path("targets");
            bake(with(token, BUILDERS.writer()), BUILDERS.writer(), here);
            JsonNode read = bake(with(token, engine), engine, here).path("targets");

            assertThat(Reported.steps(written.path("app"))).startsWith(2, 0);
            assertThat(Reported.steps(readByAnother.path("test"))).startsWith(2, 2);
            assertThat(Reported.steps(readByAnother.path("app"))).startsWith(2, 2);
            assertThat(Reported.steps(read.path("test"))).startsWith(2, 2);
            assertThat(Reported.steps(read.path("app"))).startsWith(2, 2);
        }
    }

    @Test
    void aServiceThatIsGoneCostsTheCacheAndOneNoteSaysSo() throws Exception {
        CommandLine through = BUILDERS.commandLine().with("BUILDKIT_CI_CACHE_TOKEN", cache.token(MAIN, "--write"));
        cache.process().signal("KILL");
        assertThat(cache.process().ends(Duration.ofSeconds(20))).isTrue();

        JsonNode built = bake(through, BUILDERS.writer(), context());

        assertThat(Reported.texts(built.path("notes")))
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .startsWith("built without --cache: the service at " + cache.address() + " does not answer"));
        assertThat(Reported.steps(built.at("/targets/app"))).startsWith(2, 0);
    }

    @Test
    void noTokenIsSeenAnywhereAndAllOfThemEndWithTheBuild() throws Exception {
        String lasting = cache.token(MAIN, "--write");
        String mark = "sleep 4." + Math.floorMod(CommandLine.fresh().hashCode(), 1_000_000_000);
        Builder builder = BUILDERS.writer();
        Path context = builder.context("FROM BASE\nRUN " + mark + "\n");
        Files.writeString(context.resolve("docker-bake.hcl"), "target \"default\" {}\n");
        CommandLine through =
                builder.commandLine().with("BUILDKIT_CI_CACHE_TOKEN", lasting).inDirectory(context);
        SeenTokens tokens;
        Said said;
        try (Running build =
                through.start(arguments(builder, "--json-file", "report.json", "--html-file", "report.html"))) {
            Machine.awaitOne(mark);
            tokens = SeenTokens.ofBuildx(builder.name());
            assertThat(Machine.commandLines().values()).noneMatch(line -> tokens.anyIn(line, lasting));
            said = build.end();
        }
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(tokens.anyIn(said.toString(), lasting)).isFalse();
        for (Path report : List.of(context.resolve("report.json"), context.resolve("report.html"))) {
            assertThat(tokens.anyIn(Files.readString(report), lasting)).isFalse();
        }
        assertThat(cache.metric("stored_bytes")).isPositive();
        tokens.assertEnded(cache);
        tokens.assertOnlyTheReadingOneIsKept(builder, lasting);
    }

    /** Buildx lets definitions and compose files read its variables. */
    @ParameterizedTest
    @MethodSource("clients")
    void aDefinitionThatWouldTakeTheTokenOfItsOwnBuildIsRefused(Path buildx) throws Exception {
        Path context = BUILDERS.context();
        Files.writeString(context.resolve("docker-bake.hcl"), """
                variable "ACTIONS_RUNTIME_TOKEN" { default = "" }
                target "default" { args = { TOKEN = "t-${ACTIONS_RUNTIME_TOKEN}" } }
                """);
        Files.writeString(context.resolve("compose.yaml"), """
                services: { app: { build: { context: ., args: { TOKEN: "${ACTIONS_RUNTIME_TOKEN:-none}" } } } }
                """);
        CommandLine through = BUILDERS.writer()
                .through(buildx)
                .with("BUILDKIT_CI_CACHE_TOKEN", cache.token(MAIN, "--write"))
                .inDirectory(context);

        for (String file : List.of("docker-bake.hcl", "compose.yaml")) {
            Said said = through.run(arguments(BUILDERS.writer(), "--files", file));

            assertThat(said.exit()).as(said.toString()).isEqualTo(2);
            assertThat(said.err()).contains("the definition uses the variable ACTIONS_RUNTIME_TOKEN");
        }
    }

    @Test
    void aTokenOnTheCommandLineAndACacheOfJenkinsAreRefused() throws Exception {
        Said said = BUILDERS.commandLine()
                .run("bake", "--cache", "jenkins", "--cache-token", cache.token(MAIN), "--targets", "app");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--cache-token: would show the token to every user of this machine")
                .contains("--cache: 'jenkins': is for steps of Jenkins; write service=<address> for a service");
    }
}

package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static io.buildkitci.action.it.ServedCache.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --cache service=<address>}: the token that lasts is in the environment, those of the build nobody sees. */
class ServiceCacheIT {
    private static final String CHANGE = "refs/pull/7/merge";
    private static final String STEPS = """
            FROM BASE AS made
            ARG TARGETPLATFORM
            RUN echo %s for $TARGETPLATFORM > /made
            RUN cp /made /again
            FROM BASE
            COPY --from=made /again /again
            """;

    @AutoClose
    private static final TwoBuilders BUILDERS = new TwoBuilders(STEPS);

    private static final Builder WRITER = BUILDERS.writer();
    private static final Builder READER = BUILDERS.reader();

    @AutoClose
    private final ServedCache cache;

    ServiceCacheIT() throws Exception {
        cache = ServedCache.at("0.0.0.0", BUILDERS.commandLine());
    }

    private CommandLine with(String token, Builder builder) {
        return builder.commandLine().with("BUILDKIT_CI_CACHE_TOKEN", token);
    }

    private JsonNode build(CommandLine through, Builder builder, Path context, String... more) throws Exception {
        String[] arguments = Stream.concat(
                        Stream.of("--cache", "service=" + cache.address(), "--outputs", "type=cacheonly", "--json"),
                        Stream.of(more))
                .toArray(String[]::new);
        return builder.build(through, context, arguments).built();
    }

    private JsonNode build(String token, Builder builder, Path context, String... more) throws Exception {
        return build(with(token, builder), builder, context, more);
    }

    private static List<String> notes(JsonNode built) {
        List<String> notes = new ArrayList<>();
        built.at("/notes").forEach(note -> notes.add(note.asText()));
        return notes;
    }

    static List<Arguments> drivers() {
        return Stream.of(Driver.DOCKER, Driver.DOCKER_CONTAINER, Driver.REMOTE)
                .flatMap(driver ->
                        Stream.of(TESTBED.buildx(), TESTBED.oldBuildx()).map(buildx -> Arguments.of(driver, buildx)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void whatOneBuilderWritesAnotherReadsForEveryPlatform(Driver driver, Path buildx) throws Exception {
        String token = cache.token(MAIN, "--write");
        try (Builder other = Builder.of(driver)) {
            Path here = BUILDERS.context();
            Path there = BUILDERS.context();
            CommandLine through = other.through(buildx).with("BUILDKIT_CI_CACHE_TOKEN", token);
            String[] both = {"--platforms", "linux/amd64,linux/386"};
            assertThat(Reported.steps(build(through, other, there, both))).startsWith(6, 0);
            assertThat(Reported.steps(build(token, READER, there, both))).startsWith(6, 6);
            assertThat(Reported.steps(build(token, WRITER, here, both))).startsWith(6, 0);
            assertThat(Reported.steps(build(through, other, here, both))).startsWith(6, 6);
        }
    }

    @Test
    void aBuilderInANetworkOfItsOwnReachesItAtTheBridge() throws Exception {
        String token = cache.token(MAIN, "--write");
        try (Bridged bridged = Bridged.make(WRITER.commandLine())) {
            Path context = WRITER.context("FROM scratch\nCOPY Dockerfile /" + CommandLine.fresh() + "\n");
            JsonNode written = bridged.build(token, cache.address(), context);
            bridged.forget();
            JsonNode read = bridged.build(token, cache.address(), context);

            assertThat(notes(written)).noneMatch(note -> note.contains("cache"));
            assertThat(read.at("/steps/cached").asInt(-1)).isEqualTo(1);
        }
    }

    @Test
    void whereTheBuilderReachesItNowhereOneNoteSaysSo() throws Exception {
        try (ServedCache loopback = ServedCache.in(WRITER.commandLine());
                Bridged bridged = Bridged.make(WRITER.commandLine())) {
            Path context = WRITER.context("FROM scratch\nCOPY Dockerfile /" + CommandLine.fresh() + "\n");

            JsonNode built = bridged.build(loopback.token(MAIN, "--write"), loopback.address(), context);

            assertThat(notes(built))
                    .singleElement()
                    .satisfies(note -> assertThat(note)
                            .startsWith("built without --cache: builder '" + bridged.name()
                                    + "' does not reach the service at")
                            .contains(loopback.address())
                            .contains("let the service listen at an address that the builder reaches"));
            assertThat(loopback.metric("stored_bytes")).isZero();
        }
    }

    @Test
    void aChangeReadsItsTargetAndItsTargetNeverReadsIt() throws Exception {
        String main = cache.token(MAIN, "--write");
        String change = cache.token(CHANGE, "--read", MAIN, "--write");
        Path ofMain = BUILDERS.context();
        Path ofChange = BUILDERS.context();
        build(main, WRITER, ofMain);
        build(change, WRITER, ofChange);

        assertThat(Reported.steps(build(change, READER, ofMain))).startsWith(3, 3);
        try (Builder fresh = Builder.of(Driver.DOCKER_CONTAINER)) {
            assertThat(Reported.steps(build(main, fresh, ofChange))).startsWith(3, 0);
            fresh.renew();
            assertThat(Reported.steps(build(change, fresh, ofChange))).startsWith(3, 3);
        }
    }

    @Test
    void aTokenThatOnlyReadsWritesNothingAndSaysSo() throws Exception {
        JsonNode built = build(cache.token(MAIN), WRITER, BUILDERS.context());

        assertThat(notes(built)).contains("the cache service is only read: the token does not write");
        assertThat(cache.metric("stored_bytes")).isZero();
    }

    @Test
    void aServiceThatIsGoneOrRefusesCostsNoBuild() throws Exception {
        Path context = BUILDERS.context();
        JsonNode refused = build("eyJhbGciOiJIUzI1NiJ9.e30.AAAA", WRITER, context);
        assertThat(notes(refused))
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .isEqualTo("built without --cache: the service at " + cache.address()
                                + " says: the token is not one of this service; give it another cache-token"));
        String token = cache.token(MAIN, "--write");
        cache.process().signal("KILL");
        assertThat(cache.process().ends(Duration.ofSeconds(20))).isTrue();

        JsonNode built = build(token, WRITER, context);

        assertThat(notes(built))
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .startsWith("built without --cache: the service at " + cache.address() + " does not answer"));
    }

    @Test
    void killedInTheMiddleItFailsNoBuild() throws Exception {
        String mark = "sleep 3." + Math.floorMod(CommandLine.fresh().hashCode(), 1_000_000_000);
        Path context = WRITER.context("FROM BASE\nRUN " + mark + "\n");
        try (Running build = WRITER.startBuild(
                with(cache.token(MAIN, "--write"), WRITER),
                context,
                "--cache",
                "service=" + cache.address(),
                "--outputs",
                "type=cacheonly")) {
            Machine.awaitOne(mark);
            cache.process().signal("KILL");
            Said said = build.end();

            assertThat(said.exit()).as(said.toString()).isZero();
        }
    }

    @Test
    void noTokenIsSeenAnywhereAndAllOfThemEndWithTheBuild() throws Exception {
        String lasting = cache.token(MAIN, "--write");
        String mark = "sleep 4." + Math.floorMod(CommandLine.fresh().hashCode(), 1_000_000_000);
        Path context = WRITER.context("FROM BASE\nRUN " + mark + "\n");
        Path json = context.resolve("report.json");
        Path html = context.resolve("report.html");
        SeenTokens tokens;
        Said said;
        try (Running build = WRITER.startBuild(
                with(lasting, WRITER),
                context,
                "--cache",
                "service=" + cache.address(),
                "--json-file",
                json.toString(),
                "--html-file",
                html.toString())) {
            Machine.awaitOne(mark);
            tokens = SeenTokens.ofBuildx(WRITER.name());
            assertThat(Machine.commandLines().values()).noneMatch(line -> tokens.anyIn(line, lasting));
            said = build.end();
        }
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(tokens.anyIn(said.toString(), lasting)).isFalse();
        assertThat(tokens.anyIn(Files.readString(json) + Files.readString(html), lasting))
                .isFalse();
        tokens.assertEnded(cache);
        assertThat(cache.status("/pass", lasting)).isEqualTo(200);
        tokens.assertOnlyTheReadingOneIsKept(WRITER, lasting);
    }

    @Test
    void whatIsWrongIsSaidAtOnce() throws Exception {
        Said said = WRITER.commandLine()
                .run("build-push", "--cache", "jenkins", "--cache-token", cache.token(MAIN), "--cache-from", "a=b");
        Said none = WRITER.commandLine().run("build-push", "--cache", "service=http://cache.example:8321");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--cache-token: would show the token to every user of this machine; set the variable"
                        + " BUILDKIT_CI_CACHE_TOKEN");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("cache-token: a cache service gives nothing without a token");
    }
}

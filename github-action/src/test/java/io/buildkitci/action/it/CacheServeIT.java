package io.buildkitci.action.it;

import static io.buildkitci.action.it.ServedCache.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache service of our own and the builders that use it. */
class CacheServeIT {
    private static final String CHANGE = "refs/pull/7/merge";
    private static final String STEPS = """
            FROM BASE
            RUN echo %s && dd if=/dev/urandom of=/large bs=1M count=3
            COPY page /page
            RUN wc -c /page > /second
            """;

    @AutoClose
    private static final TwoBuilders BUILDERS = new TwoBuilders(STEPS);

    private static final Builder WRITER = BUILDERS.writer();
    private static final Builder READER = BUILDERS.reader();

    @AutoClose
    private final ServedCache cache;

    CacheServeIT() throws Exception {
        cache = ServedCache.in(BUILDERS.commandLine());
    }

    private static JsonNode build(Builder builder, Path context, String platform, String... cache) throws Exception {
        String[] arguments = new String[cache.length + 5];
        System.arraycopy(cache, 0, arguments, 0, cache.length);
        String[] more = {"--platforms", platform, "--outputs", "type=cacheonly", "--json"};
        System.arraycopy(more, 0, arguments, cache.length, more.length);
        return builder.build(context, arguments).built();
    }

    private void written(Builder builder, Path context, String name) throws Exception {
        JsonNode first = build(builder, context, "amd64", cache.to(name));
        assertThat(Reported.steps(first)).containsExactly(3, 0, 3);
    }

    @Test
    void aNewBuilderTakesEveryStepFromItAndMovesNoLayer() throws Exception {
        Path context = BUILDERS.context();
        written(WRITER, context, "app");
        long sent = cache.metric("sent_bytes_total");

        JsonNode second = build(READER, context, "amd64", cache.from("app"));

        assertThat(Reported.steps(second)).containsExactly(3, 3, 0);
        assertThat(cache.metric("sent_bytes_total") - sent).isBetween(100L, 10_000L);
        assertThat(cache.metric("stored_bytes")).isGreaterThan(3_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCKER", "REMOTE"})
    void everyDriverReadsWhatTheOthersWrite(Driver driver) throws Exception {
        try (Builder other = Builder.of(driver)) {
            Path here = BUILDERS.context();
            Path there = BUILDERS.context();
            written(WRITER, here, "here");
            written(other, there, "there");

            assertThat(Reported.steps(build(other, here, "amd64", cache.from("here"))))
                    .containsExactly(3, 3, 0);
            assertThat(Reported.steps(build(READER, there, "amd64", cache.from("there"))))
                    .containsExactly(3, 3, 0);
        }
    }

    @Test
    void oneChangeRunsOnlyWhatItTouches() throws Exception {
        Path context = BUILDERS.context();
        written(WRITER, context, "app");
        TwoBuilders.page(context, "after this");

        JsonNode second = build(READER, context, "amd64", cache.from("app"));

        assertThat(Reported.steps(second)).containsExactly(3, 1, 2);
    }

    @Test
    void twoPlatformsInTwoScopesAreReadTogether() throws Exception {
        Path context = BUILDERS.context();
        written(WRITER, context, "amd64");
        build(WRITER, context, "386", cache.to("386"));

        String token = cache.token(MAIN);
        JsonNode both = build(READER, context, "amd64,386", cache.from(token, "amd64"), cache.from(token, "386"));

        assertThat(Reported.steps(both)).containsExactly(6, 6, 0);
    }

    @Test
    void aChangeReadsItsTargetAndNobodyReadsTheChange() throws Exception {
        Path ofMain = BUILDERS.context();
        Path ofChange = BUILDERS.context();
        written(WRITER, ofMain, "app");
        String change = cache.token(CHANGE, "--read", MAIN, "--write");

        assertThat(Reported.steps(build(READER, ofMain, "amd64", cache.from(change, "app"))))
                .containsExactly(3, 3, 0);
        build(WRITER, ofChange, "amd64", cache.to(change, "app"));
        try (Builder fresh = Builder.of(Driver.DOCKER_CONTAINER)) {
            String another = cache.token("refs/pull/8/merge", "--read", MAIN);
            assertThat(Reported.steps(build(fresh, ofChange, "amd64", cache.from("app"), cache.from(another, "app"))))
                    .containsExactly(3, 0, 3);
        }
    }

    @Test
    void aTokenThatOnlyReadsWritesNothing() throws Exception {
        Path context = BUILDERS.context();
        JsonNode built = build(WRITER, context, "amd64", cache.to(cache.token(MAIN), "app") + ",ignore-error=true");

        assertThat(Reported.steps(built)).containsExactly(3, 0, 3);
        assertThat(cache.metric("stored_bytes")).isZero();
    }

    @Test
    void killedAndStartedAgainItHasWhatWasFinished() throws Exception {
        Path context = BUILDERS.context();
        written(WRITER, context, "app");
        cache.process().signal("KILL");
        assertThat(cache.process().ends(Duration.ofSeconds(20))).isTrue();
        cache.again();

        JsonNode second = build(READER, context, "amd64", cache.from("app"));

        assertThat(Reported.steps(second)).containsExactly(3, 3, 0);
    }

    @Test
    void itTellsWhatItKeepsWhileItRunsAndAfterwards() throws Exception {
        Path context = BUILDERS.context();
        written(WRITER, context, "app");

        JsonNode running = cache.upkeep("stats");
        assertThat(running.at("/namespaces/0/name").asText()).isEqualTo("default");
        assertThat(running.at("/namespaces/0/scopes/0/name").asText()).isEqualTo(MAIN);
        assertThat(running.at("/namespaces/0/scopes/0/indexes").asInt()).isEqualTo(1);
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();
        cache.process().signal("TERM");
        assertThat(cache.process().ends(Duration.ofSeconds(20))).isTrue();
        assertThat(cache.directory().resolve("running")).doesNotExist();

        JsonNode stopped = cache.upkeep("stats");
        assertThat(stopped.at("/bytes").asLong()).isEqualTo(running.at("/bytes").asLong());
        assertThat(cache.upkeep("gc").at("/removed").asInt(-1)).isZero();
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        Said said = WRITER.commandLine()
                .run("cache", "serve", "--listen", "everywhere", "--quota", "much", "--tls-cert", "none.pem");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--listen: 'everywhere': no address and port")
                .contains("--quota: 'much': no number of bytes")
                .contains("--tls-cert: 'none.pem': no such file")
                .contains("tls-key: a certificate and its key belong together")
                .contains("dir: say which directory");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        Path directory = Files.createTempDirectory(WRITER.commandLine().folder(), "second-");
        String address =
                Files.readAllLines(cache.directory().resolve("running")).get(0).replace("http://", "");

        Said said = WRITER.commandLine().run("cache", "serve", "--dir", directory.toString(), "--listen", address);

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("cannot listen at").contains(address.substring(address.indexOf(':')));
    }
}

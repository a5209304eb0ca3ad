package io.buildkitci.action.it;

import static io.buildkitci.action.it.ServedCache.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.cacheservice.store.Upload;
import io.buildkitci.model.Driver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real builds whose cache service is killed, emptied, full or used by all at once. */
class CacheHardshipIT {
    private static final String STEPS = """
            FROM BASE
            RUN echo %s && dd if=/dev/urandom of=/large bs=1M count=24
            RUN wc -c /large > /first
            COPY page /page
            RUN wc -c /page > /second
            """;

    @AutoClose
    private static final TwoBuilders BUILDERS = new TwoBuilders(STEPS);

    private static final Builder WRITER = BUILDERS.writer();
    private static final Builder READER = BUILDERS.reader();

    @AutoClose
    private final ServedCache cache;

    CacheHardshipIT() throws Exception {
        cache = ServedCache.in(BUILDERS.commandLine());
    }

    private static Running started(Builder builder, Path context, String... cache) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(cache));
        arguments.addAll(List.of("--outputs", "type=cacheonly", "--json"));
        return builder.startBuild(builder.commandLine(), context, arguments.toArray(String[]::new));
    }

    private static List<Integer> steps(Running build) throws Exception {
        try (build) {
            return Reported.steps(build.end().built());
        }
    }

    private int drop() throws Exception {
        String owner = Files.readAllLines(cache.directory().resolve("running")).get(1);
        return cache.status("/admin/drop?namespace=default", owner);
    }

    @Test
    void killedInTheMiddleOfAnExportItFailsNoBuildAndTheNextExportIsWhole() throws Exception {
        Path context = BUILDERS.context();
        Running build = started(WRITER, context, cache.to("app") + ",ignore-error=true");
        Await.until("a part of the export", () -> cache.metric("received_bytes_total") > 4_000_000);
        cache.process().signal("KILL");
        cache.again();
        assertThat(steps(build).get(0)).isEqualTo(4);
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();

        assertThat(steps(started(WRITER, context, cache.to("app")))).containsExactly(4, 4, 0);
        assertThat(steps(started(READER, context, cache.from("app")))).containsExactly(4, 4, 0);
    }

    @Test
    void whatGoesInTheMiddleOfAnImportIsBuiltAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path context = BUILDERS.context();
            assertThat(steps(started(WRITER, context, cache.to("app")))).containsExactly(4, 0, 4);
            TwoBuilders.page(context, "after" + round);
            long hits = cache.metric("hits_total");
            Running build = started(READER, context, cache.from("app"));
            long seen = round;
            Await.until("the import", () -> cache.metric("hits_total") > hits + seen);
            assertThat(drop()).isEqualTo(204);
            assertThat(steps(build).get(0)).isEqualTo(4);
        }
    }

    @Test
    void killedInTheMiddleOfADownloadItIsAskedForTheRestOnceItIsBack() throws Exception {
        Path context = BUILDERS.context();
        assertThat(steps(started(WRITER, context, cache.to("app")))).containsExactly(4, 0, 4);
        TwoBuilders.page(context, "after");
        try (Relay relay = new Relay("127.0.0.1", cache.port())) {
            relay.holdAfter(8_000_000);
            Running build = started(READER, context, cache.fromPort(relay.port(), "app"));
            relay.awaitHeld();
            cache.process().signal("KILL");
            cache.again();
            relay.goesOn();
            assertThat(steps(build).get(0)).isEqualTo(4);
        }
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();
    }

    /** The layer is in the index that the build has read, and gone when it is asked for. */
    @Test
    void whatIsEvictedInTheMiddleOfAnImportIsBuiltAgain() throws Exception {
        String gate = "gate-" + CommandLine.fresh();
        Path context = WRITER.context("""
                FROM BASE AS slow
                COPY page /page
                RUN --mount=type=cache,id=%1$s,target=/gate if grep -q after /page; then \
                    echo waits-%1$s && until [ -e /gate/open ]; do sleep 0.2; done; fi && echo same > /same
                FROM BASE AS large
                COPY --from=slow /same /same
                RUN echo %1$s && dd if=/dev/urandom of=/large bs=1M count=24 && sha256sum /large > /sum
                COPY page /page
                RUN sha256sum -c /sum && wc -c /large > /first
                FROM scratch
                COPY --from=large /first /page /
                """.formatted(gate));
        TwoBuilders.page(context, "before");
        try (ServedCache small = ServedCache.in(BUILDERS.commandLine(), "--quota", "40MiB")) {
            assertThat(steps(started(WRITER, context, small.to("app")))).containsExactly(7, 0, 7);
            TwoBuilders.page(context, "after");
            Path out = context.resolve("out");
            Running build = READER.startBuild(
                    READER.commandLine(), context, small.from("app"), "--outputs", "type=local,dest=" + out, "--json");
            build.awaitErr("| waits-" + gate + "\n");
            assertThat(steps(started(WRITER, BUILDERS.context(), small.to("other"))))
                    .containsExactly(4, 0, 4);
            assertThat(small.metric("evicted_total")).isPositive();
            Path open = READER.context(
                    "FROM BASE\nRUN --mount=type=cache,id=%s,target=/gate touch /gate/open\n".formatted(gate));
            assertThat(steps(started(READER, open)).get(0)).isEqualTo(1);

            assertThat(steps(build))
                    .as("all but what is taken of another stage")
                    .containsExactly(7, 1, 6);

            assertThat(out.resolve("first")).hasContent("25165824 /large");
            assertThat(out.resolve("page")).hasContent("after");
            assertThat(small.metric("stored_bytes")).isBetween(24L << 20, 40L << 20);
            assertThat(small.upkeep("verify").at("/damaged").asInt(-1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "cut off"})
    void whatIsDamagedOnTheDiskIsBuiltAgain(String how) throws Exception {
        Path context = BUILDERS.context();
        assertThat(steps(started(WRITER, context, cache.to("app")))).containsExactly(4, 0, 4);
        cache.process().signal("KILL");
        cache.process().end();
        List<Path> large = new ArrayList<>();
        try (var files = Files.walk(cache.directory().resolve("blobs"))) {
            files.filter(file -> file.toFile().length() > 20_000_000).forEach(large::add);
        }
        assertThat(large).hasSize(1);
        byte[] content = Files.readAllBytes(large.get(0));
        content[content.length / 2]++;
        Files.write(large.get(0), how.equals("changed") ? content : Arrays.copyOf(content, content.length / 2));
        cache.again();
        TwoBuilders.page(context, "after");

        assertThat(steps(started(READER, context, cache.from("app"))).get(0)).isEqualTo(4);
        assertThat(cache.metric("dropped_total")).isPositive();
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();
        assertThat(large.get(0)).doesNotExist();
    }

    @Test
    void aTokenThatHasEndedOrIsOfAnotherScopeReadsAndWritesNothing() throws Exception {
        String main = cache.token(MAIN, "--write");
        String ended = cache.token(MAIN, "--write", "--life", "1s");
        String other = cache.token("refs/heads/other", "--write");
        Await.until("the token's end", () -> cache.status("/pass", ended) == 401);
        Path context = small();
        for (String token : List.of(ended, other)) {
            context = small();
            assertThat(steps(started(WRITER, context, cache.to(main, "app")))).containsExactly(1, 0, 1);
            assertThat(steps(started(READER, context, cache.from(token, "app"))))
                    .containsExactly(1, 0, 1);
        }
        long kept = cache.metric("stored_bytes");
        try (Running build =
                started(WRITER, context, cache.to(ended, "app") + ",ignore-error=false", "--retries", "0")) {
            Said said = build.end();
            assertThat(said.exit()).isEqualTo(4);
            assertThat(Reported.failure(said)).isEqualTo("cache-export-failed");
            assertThat(said.json().at("/failure/message").asText()).contains("token expired");
        }
        assertThat(cache.metric("stored_bytes")).isEqualTo(kept);
    }

    @Test
    void amongTenThousandEntriesABuildFindsItsOwn() throws Exception {
        cache.process().signal("KILL");
        cache.process().end();
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        Limits limits = Limits.of(1L << 40, 1L << 40);
        try (CacheStore store =
                CacheStore.open(cache.directory(), limits, InstantSource.system(), ids, Runnable::run)) {
            for (int i = 0; i < 10_000; i++) {
                store(store, i % 100 == 0 ? "index-app" + i + "-1-0badcafe#1" : "entry-" + i, "content " + i);
            }
        }
        cache.again();
        Path context = small();

        assertThat(steps(started(WRITER, context, cache.to("app")))).containsExactly(1, 0, 1);
        assertThat(steps(started(READER, context, cache.from("app")))).containsExactly(1, 1, 0);
        assertThat(cache.upkeep("stats").at("/namespaces/0/entries").asInt()).isGreaterThan(10_000);
    }

    /** A context of one step that takes no time. */
    private static Path small() throws Exception {
        return WRITER.context("FROM BASE\nRUN echo " + CommandLine.fresh() + " > /made\n");
    }

    private static void store(CacheStore store, String key, String text) throws Exception {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Upload upload = store.begin(new EntryKey("default", MAIN, "of another client", key));
        upload.write(upload.reserve(content.length), ByteBuffer.wrap(content));
        upload.block("", 0, content.length);
        upload.assemble(List.of(""));
        assertThat(store.finish(upload, content.length)).isInstanceOf(CacheStore.Kept.class);
    }

    @Test
    void aDiskThatIsFullFailsNoBuild() throws Exception {
        cache.process().signal("KILL");
        cache.process().end();
        shell("mount -t tmpfs -o size=16m tmpfs " + cache.directory());
        try {
            cache.again();
            Path context = BUILDERS.context();
            assertThat(steps(started(WRITER, context, cache.to("app") + ",ignore-error=true")))
                    .containsExactly(4, 0, 4);
            assertThat(cache.metric("refused_total")).isPositive();
            assertThat(steps(started(READER, context, cache.from("app"))).get(0))
                    .isEqualTo(4);
            assertThat(cache.process().handle().isAlive()).isTrue();
        } finally {
            cache.process().signal("KILL");
            cache.process().end();
            shell("umount " + cache.directory());
        }
    }

    private static void shell(String line) throws Exception {
        Said said = WRITER.commandLine().program(Path.of("/bin/sh"), "-c", line);
        assertThat(said.exit()).as(said.toString()).isZero();
    }

    @Test
    void severalThatBuildTheSameAtOnceAllSucceedAndOneOfThemIsRead() throws Exception {
        Path context = BUILDERS.context();
        List<Running> builds = new ArrayList<>();
        for (Builder builder : List.of(WRITER, READER, WRITER, READER)) {
            builds.add(started(builder, context, cache.from("app"), cache.to("app")));
        }
        for (Running build : builds) {
            steps(build);
        }
        try (Builder fresh = Builder.of(Driver.DOCKER_CONTAINER)) {
            assertThat(steps(started(fresh, context, cache.from("app")))).containsExactly(4, 4, 0);
        }
        assertThat(cache.metric("refused_total")).isZero();
    }

    @Test
    void severalThatBuildForScopesOfTheirOwnAtOnceEachReadWhatTheyMay() throws Exception {
        List<String> tokens = List.of(
                cache.token(MAIN, "--write"),
                cache.token("fork/7", "--read", MAIN, "--write"),
                cache.token(MAIN, "--namespace", "other", "--write"));
        List<Path> contexts = List.of(BUILDERS.context(), BUILDERS.context(), BUILDERS.context());
        List<Running> builds = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            builds.add(started(i == 1 ? READER : WRITER, contexts.get(i), cache.to(tokens.get(i), "app")));
        }
        for (Running build : builds) {
            assertThat(steps(build)).containsExactly(4, 0, 4);
        }
        try (Builder fresh = Builder.of(Driver.DOCKER_CONTAINER)) {
            for (int i = 1; i < tokens.size(); i++) {
                assertThat(steps(started(fresh, contexts.get(i), cache.from(tokens.get(0), "app"))))
                        .as("main reads no other's")
                        .containsExactly(4, 0, 4);
            }
            fresh.renew();
            for (int i = 0; i < tokens.size(); i++) {
                assertThat(steps(started(fresh, contexts.get(i), cache.from(tokens.get(i), "app"))))
                        .containsExactly(4, 4, 0);
            }
            fresh.renew();
            assertThat(steps(started(fresh, contexts.get(0), cache.from(tokens.get(1), "app"))))
                    .as("a fork reads main's")
                    .containsExactly(4, 4, 0);
        }
    }
}

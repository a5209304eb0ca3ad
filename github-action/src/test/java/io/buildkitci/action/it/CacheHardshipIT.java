package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real builds whose cache service is killed, emptied, used by all at once, or known by its own authority only. */
class CacheHardshipIT {
    private static final String MAIN = "refs/heads/main";
    private static final String STEPS = """
            FROM BASE
            RUN echo %s && dd if=/dev/urandom of=/large bs=1M count=24
            RUN wc -c /large > /first
            COPY page /page
            RUN wc -c /page > /second
            """;

    @AutoClose
    private static final Builder WRITER = Builder.of(Driver.DOCKER_CONTAINER);

    @AutoClose
    private static final Builder READER = Builder.of(Driver.DOCKER_CONTAINER);

    private ServedCache cache;

    @BeforeEach
    void serve() throws Exception {
        cache = ServedCache.in(WRITER.commandLine());
    }

    @AfterEach
    void stop() {
        cache.close();
    }

    private static Path context() throws Exception {
        Path context = WRITER.context(STEPS.formatted(CommandLine.fresh()));
        Files.writeString(context.resolve("page"), "before");
        return context;
    }

    private String to(String name) throws Exception {
        return "--cache-to=" + cache.entry(cache.token(MAIN, "--write"), name) + ",mode=max";
    }

    private String from(String name) throws Exception {
        return "--cache-from=" + cache.entry(cache.token(MAIN), name);
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
        Path context = context();
        Running build = started(WRITER, context, to("app") + ",ignore-error=true");
        Await.until("a part of the export", () -> cache.metric("received_bytes_total") > 4_000_000);
        cache.process().signal("KILL");
        cache.again();
        assertThat(steps(build).get(0)).isEqualTo(4);
        assertThat(cache.upkeep("verify").at("/damaged").asInt(-1)).isZero();

        assertThat(steps(started(WRITER, context, to("app")))).containsExactly(4, 4, 0);
        assertThat(steps(started(READER, context, from("app")))).containsExactly(4, 4, 0);
    }

    @Test
    void whatGoesInTheMiddleOfAnImportIsBuiltAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path context = context();
            assertThat(steps(started(WRITER, context, to("app")))).containsExactly(4, 0, 4);
            Files.writeString(context.resolve("page"), "after" + round);
            long hits = cache.metric("hits_total");
            Running build = started(READER, context, from("app"));
            long seen = round;
            Await.until("the import", () -> cache.metric("hits_total") > hits + seen);
            assertThat(drop()).isEqualTo(204);
            assertThat(steps(build).get(0)).isEqualTo(4);
        }
    }

    @Test
    void whatIsDamagedOnTheDiskIsBuiltAgain() throws Exception {
        Path context = context();
        assertThat(steps(started(WRITER, context, to("app")))).containsExactly(4, 0, 4);
        cache.process().signal("KILL");
        cache.process().end();
        List<Path> large = new ArrayList<>();
        try (var files = Files.walk(cache.directory().resolve("blobs"))) {
            files.filter(file -> file.toFile().length() > 20_000_000).forEach(large::add);
        }
        assertThat(large).hasSize(1);
        byte[] content = Files.readAllBytes(large.get(0));
        content[content.length / 2]++;
        Files.write(large.get(0), content);
        cache.again();
        Files.writeString(context.resolve("page"), "after");

        assertThat(steps(started(READER, context, from("app"))).get(0)).isEqualTo(4);
        assertThat(cache.metric("dropped_total")).isPositive();
        assertThat(large.get(0)).doesNotExist();
    }

    @Test
    void severalThatBuildTheSameAtOnceAllSucceedAndOneOfThemIsRead() throws Exception {
        Path context = context();
        List<Running> builds = new ArrayList<>();
        for (Builder builder : List.of(WRITER, READER, WRITER, READER)) {
            builds.add(started(builder, context, from("app"), to("app")));
        }
        for (Running build : builds) {
            steps(build);
        }
        try (Builder fresh = Builder.of(Driver.DOCKER_CONTAINER)) {
            assertThat(steps(started(fresh, context, from("app")))).containsExactly(4, 4, 0);
        }
        assertThat(cache.metric("refused_total")).isZero();
    }

    @Test
    void aBuildkitdThatTrustsItsAuthorityUsesItByTls() throws Exception {
        Path folder = Files.createTempDirectory(WRITER.commandLine().folder(), "tls-");
        Said made = WRITER.commandLine().inDirectory(folder).program(Path.of("/bin/sh"), "-c", """
                set -e
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.crt 2> /dev/null
                echo 'subjectAltName = IP:127.0.0.1' > names
                openssl req -newkey rsa:2048 -nodes -subj /CN=cache -keyout cache.key -out cache.csr 2> /dev/null
                openssl x509 -req -in cache.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \\
                  -out cache.crt 2> /dev/null
                """);
        assertThat(made.exit()).as(made.toString()).isZero();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path directory = folder.resolve("cache");
        Map<String, String> trusting = new TreeMap<>(WRITER.commandLine().environment());
        trusting.put("SSL_CERT_FILE", folder.resolve("ca.crt").toString());
        String socket = "unix://" + folder.resolve("buildkitd.sock");
        try (Running service = WRITER.commandLine()
                        .start(
                                "cache",
                                "serve",
                                "--dir=" + directory,
                                "--listen=127.0.0.1:" + port,
                                "--tls-cert=" + folder.resolve("cache.crt"),
                                "--tls-key=" + folder.resolve("cache.key"));
                Running buildkitd = Running.start(
                        List.of(
                                TESTBED.buildkitd().toString(),
                                "--config=" + TESTBED.buildkitdConfig(),
                                "--root=" + folder.resolve("root"),
                                "--addr=" + socket),
                        trusting,
                        folder,
                        folder)) {
            service.awaitErr("kept in");
            buildkitd.awaitErr("running server");
            String token = WRITER.commandLine()
                    .run("cache", "token", "--dir", directory.toString(), "--scope", MAIN, "--write")
                    .out()
                    .strip();
            String entry = "type=gha,version=2,url_v2=https://127.0.0.1:" + port + "/,scope=app,token=" + token;
            Path context = context();
            CommandLine alone = WRITER.commandLine();
            assertThat(alone.run("create-builder", "--name", "tls", "--driver", "remote", "--endpoint", socket)
                            .exit())
                    .isZero();
            Said built = alone.run(
                    "build-push",
                    "--builder=tls",
                    "--cache-to=" + entry + ",mode=max",
                    "--outputs=type=cacheonly",
                    "--json",
                    context.toString());
            assertThat(Reported.steps(built.built())).containsExactly(4, 0, 4);
            Said stats = alone.run("cache", "stats", "--dir", directory.toString(), "--json");
            assertThat(stats.built().at("/bytes").asLong()).isGreaterThan(24_000_000);
            assertThat(alone.run("remove-builder", "--name", "tls").exit()).isZero();
            buildkitd.signal("TERM");
            buildkitd.end();
        }
    }
}

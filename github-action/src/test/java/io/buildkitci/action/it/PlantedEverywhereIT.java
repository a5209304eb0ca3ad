package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One job has a secret, another one each, in every place that can hold one; nothing that it leaves or runs has any, but for
 * two places of the builder that we have no power over. Its history has the key and the token of caches that are read, and the
 * proxy that Docker's configuration names for steps, for BuildKit has no way to get them that it does not store: the person is
 * told, but of the token, which ends with the job. What writes a cache it does not keep. Its log of a step has what the step
 * itself printed.
 */
class PlantedEverywhereIT {
    private static final String CONFIGURED = "proxy password of Docker's configuration";
    private static final Set<String> KEPT = Set.of("S3 key that reads", "cache token that reads", CONFIGURED);
    private static final String FAR = "http://far.invalid/file";
    private static final Set<String> PRINTED = Set.of("secret value", "secret file", "secret of the environment");

    private final Map<String, String> planted = new TreeMap<>();
    private final List<Path> sources = new ArrayList<>();
    private Path sshKey = Path.of("none");
    private final String mark = "it-" + CommandLine.fresh();

    /** Both builds have the same. */
    private String plant(String where) {
        return planted.computeIfAbsent(
                where, w -> "planted-" + w.replace(' ', '-') + "-" + CommandLine.fresh() + CommandLine.fresh());
    }

    private String plant(String where, String secret) {
        planted.put(where, secret);
        return secret;
    }

    private Path source(Path file) {
        sources.add(file);
        return file;
    }

    /** As it was planted, and as its BASE64, at any offset, would show. */
    private static List<String> forms(String secret) {
        String whole = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return List.of(secret, whole.substring(0, whole.length() - 4));
    }

    private void assertNowhereIn(String what, String text) {
        planted.keySet().forEach(where -> assertNotIn(what, text, where));
    }

    private void assertNotIn(String what, String text, String where) {
        assertThat(forms(planted.getOrDefault(where, "")))
                .as("%s in %s", where, what)
                .noneMatch(text::contains);
    }

    @Test
    void noneIsFoundAgain() throws Exception {
        try (RunnerJob job = new RunnerJob();
                ServedCache cache = ServedCache.in(job.machine());
                SmallProxy proxy = new SmallProxy(plant("proxy password"))) {
            OwnBuildkitd daemon = job.untilItEnds(OwnBuildkitd.overTls(Map.of("HTTP_PROXY", proxy.address())));
            String image = Builder.image("planted");
            plant("SSH key", sshKeyIn(job));
            List<Told> told = new ArrayList<>();
            SampledProcesses processes = new SampledProcesses(job.folder());
            try (processes) {
                told.add(builder(job, daemon).main());
                assertPrivate(job);
                told.add(writing(build(job, image, "true", proxy, cache), cache).main());
                told.add(reading(build(job, image, "cat /run/secrets/* && exit 3", proxy, cache), cache)
                        .main());
                job.end();
            }

            assertThat(told).extracting(Told::exit).as(told.toString()).containsExactly(0, 0, 1);
            assertThat(proxy.passed()).contains(FAR);
            assertThat(cache.metric("stored_total")).isPositive();
            assertThat(cache.metric("hits_total")).isPositive();
            told.forEach(stage -> assertNowhereIn("what people see", stage.shown()));
            assertProcesses(processes);
            assertFiles(job.folder(), Map.of());
            assertBuilder(daemon.certificate("root"));
            assertSaid(told.get(1), 0);
            assertSaid(told.get(2), 1);
            assertImage(image);
        }
    }

    private String sshKeyIn(RunnerJob job) throws Exception {
        sshKey = source(SshKey.in(job.folder(), job.machine()).file());
        return Files.readAllLines(sshKey).get(2);
    }

    /** Its key and its token for a cache only write. */
    private RunnerStep writing(RunnerStep build, ServedCache cache) throws Exception {
        return build.input("cache-to", s3("S3 key that writes") + ",ignore-error=true\ntype=gha,mode=max")
                .with(
                        "ACTIONS_RUNTIME_TOKEN",
                        plant("cache token that writes", cache.token(ServedCache.MAIN, "--write")));
    }

    /** Others, which read. */
    private RunnerStep reading(RunnerStep build, ServedCache cache) throws Exception {
        return build.input("provenance", "mode=max")
                .input("cache-from", s3("S3 key that reads") + "\ntype=gha")
                .with("ACTIONS_RUNTIME_TOKEN", plant("cache token that reads", cache.token(ServedCache.MAIN)));
    }

    private String s3(String key) {
        return "type=s3,bucket=b,region=r,endpoint_url=http://127.0.0.1:1,use_path_style=true,access_key_id=AKIA,"
                + "secret_access_key=" + plant(key);
    }

    private RunnerStep builder(RunnerJob job, OwnBuildkitd daemon) throws IOException {
        String key = daemon.read("client-key.pem");
        planted.put("TLS key", key.lines().skip(2).findFirst().orElseThrow());
        source(daemon.certificate("client-key.pem"));
        return job.step("create-builder")
                .input("driver", "remote")
                .input("endpoint", daemon.endpoint())
                .with("BUILDER_NODE_0_AUTH_TLS_CACERT", daemon.read("ca.pem"))
                .with("BUILDER_NODE_0_AUTH_TLS_CERT", daemon.read("client.pem"))
                .with("BUILDER_NODE_0_AUTH_TLS_KEY", key);
    }

    private RunnerStep build(RunnerJob job, String image, String command, SmallProxy proxy, ServedCache cache)
            throws Exception {
        job.file("Dockerfile", """
                FROM BASE
                ADD %s /far
                RUN --mount=type=secret,id=value,required --mount=type=secret,id=file,required \\
                    --mount=type=secret,id=variable,required --mount=type=ssh,required \\
                    echo %s && sleep 0.3 && cat /run/secrets/* | wc -c && %s
                """.formatted(FAR, mark, command));
        Path file = source(job.folder().resolve("secret-file"));
        Files.writeString(file, plant("secret file"));
        Path docker = source(
                Path.of(job.environment().getOrDefault("DOCKER_CONFIG", "")).resolve("config.json"));
        String login = Base64.getEncoder()
                .encodeToString(("person:" + plant("registry password")).getBytes(StandardCharsets.UTF_8));
        Files.writeString(docker, """
                {"auths": {"%s": {"auth": "%s"}}, "proxies": {"default": {"httpProxy": "http://person:%s@127.0.0.1:1"}}}
                """.formatted(TESTBED.registry(), login, plant(CONFIGURED)));
        return job.step("build-push")
                .input("context", ".")
                .input("tags", image)
                .input("push", "true")
                .input("secrets", "value=" + plant("secret value"))
                .input("secret-files", "file=" + file)
                .input("secret-envs", "variable=IT_VARIABLE")
                .input("ssh", "default=" + sshKey)
                .input("github-token", plant("GitHub token"))
                .input("retries", "0")
                .with("IT_VARIABLE", plant("secret of the environment"))
                .with("HTTP_PROXY", proxy.address())
                .with("HTTPS_PROXY", proxy.address())
                .with("ACTIONS_CACHE_SERVICE_V2", "true")
                .with("ACTIONS_RESULTS_URL", cache.address() + "/");
    }

    /** While the job runs, a key is in a file that its owner only may read. */
    private void assertPrivate(RunnerJob job) throws IOException {
        List<Path> with = filesWith("TLS key", job.folder());
        assertThat(with)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    /** What the runner itself gives to a step, its whole environment is known to. */
    private void assertProcesses(SampledProcesses processes) {
        processes.commandLines().forEach(line -> assertNowhereIn("the command line " + line, line));
        assertThat(processes.commandLines())
                .anyMatch(line -> line.contains("buildx build"))
                .anyMatch(line -> line.contains("main.cjs"));
        Set<String> ofTheJob = Set.of(
                "secret of the environment",
                "proxy password",
                "cache token that writes",
                "cache token that reads",
                CONFIGURED);
        planted.forEach((where, secret) -> {
            if (!ofTheJob.contains(where)) {
                assertThat(processes.having(secret))
                        .as("processes that have the %s", where)
                        .allMatch(PlantedEverywhereIT::needsIt);
            }
        });
    }

    /** Java starts others by a helper of its own, which becomes them. */
    private static boolean needsIt(String commandLine) {
        return commandLine.matches("(?:env --default-signal=\\S+ )?\\S*node .*")
                || commandLine.contains("jspawnhelper")
                || commandLine.matches(".*buildkit-ci\\.jar .* github (?:main|post) ")
                || commandLine.contains("buildx build");
    }

    private List<Path> filesWith(String where, Path folder) throws IOException {
        return FilesBelow.with(planted.getOrDefault(where, ""), folder).stream()
                .filter(file -> !sources.contains(file))
                .toList();
    }

    /** Everything of the person, or of the daemon: its history, its contents, its log. */
    private void assertFiles(Path folder, Map<Path, Set<String>> known) throws IOException {
        List<Path> files = FilesBelow.of(folder);
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            if (!sources.contains(file) && !isWhatTheRunnerReads(file)) {
                Set<String> others = new TreeSet<>(planted.keySet());
                others.removeAll(known.getOrDefault(file, Set.of()));
                String content = FilesBelow.content(file);
                others.forEach(where -> assertNotIn(file.toString(), content, where));
            }
        }
    }

    private void assertBuilder(Path root) throws IOException {
        Path history = root.resolve("history.db");
        Map<Path, Set<String>> known = new TreeMap<>();
        for (String where : KEPT) {
            List<Path> files = filesWith(where, root);
            assertThat(files).as(where).contains(history).allMatch(file -> file.equals(history) || isOfHistory(file));
            files.forEach(
                    file -> known.computeIfAbsent(file, any -> new TreeSet<>()).add(where));
        }
        Set<Path> logs = new TreeSet<>();
        for (String where : PRINTED) {
            logs.addAll(filesWith(where, root));
        }
        assertThat(logs)
                .singleElement()
                .satisfies(log -> assertThat(FilesBelow.content(log)).contains(mark));
        known.put(logs.iterator().next(), PRINTED);
        assertFiles(root, known);
    }

    /** Its provenance of every build is among the builder's contents. */
    private static boolean isOfHistory(Path content) {
        try {
            return FilesBelow.content(content).contains("\"build-arg:HTTP_PROXY\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSaid(Told build, int times) {
        assertThat(build.view().plain())
                .filteredOn(line -> line.contains("config.json: BuildKit keeps the password in"))
                .singleElement()
                .asString()
                .contains("proxies.default.httpProxy", "history of builder '", "HTTP_PROXY in 'build-args'");
        assertThat(build.view().plain())
                .filteredOn(line -> line.contains("BuildKit keeps access_key_id"))
                .hasSize(times)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "'cache-from': BuildKit keeps access_key_id, secret_access_key of type=s3 in clear text",
                                "history of builder '",
                                "a key that ends soon"));
    }

    /** With the commands that tell it what to mask. */
    private static boolean isWhatTheRunnerReads(Path file) {
        return Objects.requireNonNull(file.getParent()).endsWith("said")
                && file.toString().endsWith(".out");
    }

    private void assertImage(String image) throws Exception {
        Registry.Manifest index = Registry.read(image);
        assertThat(index.platforms()).hasSize(2);
        for (String platform : index.platforms().keySet()) {
            Registry.Manifest manifest = index.of(platform);
            assertNowhereIn("manifest", manifest.json().toString() + manifest.config());
            for (byte[] layer : manifest.layers()) {
                assertNowhereIn(platform, new String(Archive.unzipped(layer), StandardCharsets.ISO_8859_1));
            }
        }
    }
}

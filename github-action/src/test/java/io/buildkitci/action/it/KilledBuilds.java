package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Builds that push, keep a local cache, write files and use secrets, one of whose processes is killed. */
final class KilledBuilds implements AutoCloseable {
    /** What is killed. */
    enum Victim {
        US,
        US_BY_TERM,
        US_BY_INT,
        OUR_MEMORY,
        BUILDX,
        BUILDER
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("oci", "tar", "docker", "local", "oci,tar=false");
    private static final int PAGE = 300_000;
    private static final int STAGES_OF_A_GROUP = 40;

    private final Random random;
    private final Builder builder = Builder.of(Driver.DOCKER_CONTAINER);
    private final List<String> secrets = List.of(secret(40), secret(45_000), secret(60));
    private final Path cache = builder.folder().resolve("cache");
    private final Path added = builder.folder().resolve("added");
    private final Path report = builder.folder().resolve("report.json");
    private final Path html = builder.folder().resolve("page.html");
    private Duration usual = Duration.ofSeconds(3);

    KilledBuilds(Random random) {
        this.random = random;
    }

    private static String secret(int length) {
        return ("planted-" + CommandLine.fresh() + "-").repeat(length / 17 + 1).substring(0, length);
    }

    Builder builder() {
        return builder;
    }

    List<String> secrets() {
        return secrets;
    }

    /** One build: what it makes, and where. */
    private record Build(String mark, String kind, Path output, List<String> arguments, Path context) {}

    private Build build(String kind) throws IOException {
        String mark = "its-killed-" + CommandLine.fresh();
        Path context = builder.context("""
                FROM BASE
                COPY page /page
                RUN --mount=type=secret,id=short,required --mount=type=secret,id=long,required \\
                    echo %1$s | tee /made && cat /run/secrets/* | wc -c && sleep 0.%2$d
                RUN dd if=/dev/urandom of=/large bs=64k count=24 2> /dev/null && sleep 0.%3$d
                """.formatted(mark, random.nextInt(4), random.nextInt(4)));
        byte[] page = new byte[PAGE];
        random.nextBytes(page);
        Files.write(context.resolve("page"), page);
        Path output = builder.folder().resolve("result." + kind.replace(",tar=false", "-layout"));
        List<String> arguments = new ArrayList<>(List.of("--outputs", "type=" + kind + ",dest=" + output));
        arguments.addAll(List.of("--tags", Builder.image("kills")));
        arguments.addAll(
                isLayout(kind)
                        ? List.of("--cache-to", "type=local,mode=max,dest=" + added)
                        : List.of("--push", "--cache", "local=" + cache));
        arguments.addAll(List.of("--secret-envs", "short=IT_SHORT", "--json"));
        arguments.addAll(List.of("--json-file", report.toString(), "--html-file", html.toString()));
        return new Build(mark, kind, output, arguments, context);
    }

    /** Added to, as a cache is that is not ours alone. */
    private static boolean isLayout(String kind) {
        return kind.endsWith("tar=false");
    }

    private Running start(Build build, CommandLine with, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(build.arguments());
        arguments.addAll(more);
        return builder.startBuild(secretly(with), build.context(), arguments.toArray(String[]::new));
    }

    private CommandLine secretly(CommandLine with) {
        return with.with("IT_SHORT", secrets.get(0))
                .with("BUILDKIT_CI_SECRETS", "long=" + secrets.get(1) + "\nunused=" + secrets.get(2));
    }

    /** More stages, in front of it, than a memory of a few megabytes can tell of; their layers are laid in groups. */
    private void addStages(Path dockerfile, int groups) throws IOException {
        StringBuilder stages = new StringBuilder("FROM " + CommandLine.TESTBED.base() + " AS many\n");
        StringBuilder all = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            StringBuilder one = new StringBuilder("FROM scratch AS g" + group + "\n");
            for (int stage = 0; stage < STAGES_OF_A_GROUP; stage++) {
                String name = "s" + group + "-" + stage;
                stages.append("FROM many AS %1$s\nWORKDIR /%1$s\n".formatted(name));
                one.append("COPY --from=%1$s /%1$s /%1$s\n".formatted(name));
            }
            stages.append(one);
            all.append("COPY --from=g%1$d / /many/%1$d\n".formatted(group));
        }
        Files.writeString(dockerfile, stages + Files.readString(dockerfile) + all);
    }

    /** Kills once, and looks at what has to hold at once. Whether there was anything left to kill. */
    boolean kill(Victim victim) throws Exception {
        Build build = build(KINDS.get(random.nextInt(KINDS.size())));
        Map<String, String> before = WholeFiles.of(build.output());
        CommandLine with = builder.commandLine();
        List<String> more = new ArrayList<>(List.of("--retries", random.nextInt(4) == 0 ? "1" : "0"));
        if (victim == Victim.OUR_MEMORY) {
            with = with.withMemory(4 + random.nextInt(2) + "m");
            addStages(build.context().resolve("Dockerfile"), 50 + random.nextInt(30));
        }
        boolean killed;
        Said said;
        long began = System.nanoTime();
        try (Running running = start(build, with, more)) {
            killed = !running.ends(Duration.ofMillis(random.nextInt((int) usual.toMillis())));
            if (killed) {
                kill(victim, running);
            }
            said = running.end();
        }
        if (said.exit() == 0) {
            usual = Duration.ofNanos(System.nanoTime() - began).dividedBy(2).plus(usual.dividedBy(2));
        }
        assertThat(said.exit()).as(victim + ": " + said).isIn(allowed(victim));
        assertOutputIsWhole(build, before, said.exit() == 0);
        assertReportsAreWhole();
        if (Files.exists(cache)) {
            WholeFiles.assertLayoutsAreWhole(cache);
        }
        WholeFiles.assertLayoutIsWhole(added);
        if (victim == Victim.OUR_MEMORY) {
            assertOurMemoryWasOver(said);
        }
        return killed || victim == Victim.OUR_MEMORY;
    }

    /** One that was over or recovered when the kill came may succeed; a Java that has not begun ends as any program. */
    private static List<Integer> allowed(Victim victim) {
        return switch (victim) {
            case US -> List.of(0, 137);
            case US_BY_TERM, US_BY_INT -> List.of(0, 130, 143);
            case OUR_MEMORY -> List.of(3);
            case BUILDX, BUILDER -> List.of(0, 3);
        };
    }

    /** In the middle of a build, whose client is told to go on by nobody. */
    private void assertOurMemoryWasOver(Said said) throws Exception {
        CommandLine with = builder.commandLine();
        assertThat(said.out()).as(said.toString()).contains("java.lang.OutOfMemoryError");
        assertThat(FilesBelow.of(with.temporary()))
                .as("secrets that the next run removes")
                .anySatisfy(file -> assertThat(file).hasContent(secrets.get(1)));
        assertThat(with.run("doctor", "--gc").out()).contains("private directory");
    }

    private void kill(Victim victim, Running running) throws Exception {
        switch (victim) {
            case US -> running.signal("KILL");
            case US_BY_TERM -> running.signal("TERM");
            case US_BY_INT -> running.signal("INT");
            case BUILDER -> builder.commandLine().docker("kill", "buildx_buildkit_" + builder.name() + "0");
            case BUILDX -> buildx(running).ifPresent(ProcessHandle::destroyForcibly);
            case OUR_MEMORY -> {}
        }
    }

    /** The client; it may take a moment until there is one. */
    private static Optional<ProcessHandle> buildx(Running running) throws InterruptedException {
        Optional<ProcessHandle> found = Optional.empty();
        while (found.isEmpty() && running.handle().isAlive()) {
            Thread.sleep(10);
            found = running.handle()
                    .descendants()
                    .filter(child -> child.info().command().orElse("").contains("buildx"))
                    .findFirst();
        }
        return found;
    }

    private void assertOutputIsWhole(Build build, Map<String, String> before, boolean built) throws Exception {
        Map<String, String> after = WholeFiles.of(build.output());
        if (build.kind().equals("local")) {
            assertEachFileIsWhole(build, before, after, built);
        } else if (isLayout(build.kind())) {
            WholeFiles.assertLayoutIsWhole(build.output());
            if (built) {
                assertThat(after.get("index.json")).isNotNull().isNotEqualTo(before.get("index.json"));
            }
        } else if (built || !after.equals(before)) {
            Path into = builder.folder().resolve("unpacked-" + build.mark());
            WholeFiles.unpacked(build.output(), into);
            if (build.kind().equals("tar")) {
                assertThat(into.resolve("made")).hasContent(build.mark());
            } else {
                WholeFiles.assertLayoutsAreWhole(into);
            }
            Builder.delete(into);
        }
    }

    private static void assertEachFileIsWhole(
            Build build, Map<String, String> before, Map<String, String> after, boolean built) throws IOException {
        Map<String, String> fresh = new TreeMap<>();
        fresh.put("made", Registry.digest((build.mark() + "\n").getBytes(StandardCharsets.UTF_8)));
        fresh.put("page", Registry.digest(Files.readAllBytes(build.context().resolve("page"))));
        fresh.forEach((name, digest) -> {
            if (built) {
                assertThat(after).containsEntry(name, digest);
            } else if (after.containsKey(name)) {
                assertThat(after.get(name)).isIn(digest, before.get(name));
            }
        });
    }

    /** Of this build or of one before. */
    private void assertReportsAreWhole() throws IOException {
        assertThat(JSON.readTree(report.toFile()).path("outcome").asText()).isIn("built", "failed", "cancelled");
        assertThat(html).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    /** A build that nobody kills: it works, twice, the second time from the cache in a builder that has nothing. */
    void assertWorks() throws Exception {
        Build build = build("oci");
        long began = System.nanoTime();
        Said first;
        try (Running running = start(build, builder.commandLine(), List.of())) {
            first = running.end();
        }
        usual = Duration.ofNanos(System.nanoTime() - began);
        assertThat(Reported.steps(first.built())).containsExactly(3, 0, 3);
        assertOutputIsWhole(build, Map.of(), true);
        assertReportsAreWhole();
        WholeFiles.assertLayoutsAreWhole(cache);
        builder.renew();
        try (Running running = start(build, builder.commandLine(), List.of())) {
            assertThat(Reported.steps(running.end().built())).containsExactly(3, 3, 0);
        }
    }

    /** Names beside results and caches that only a build under way may have. */
    List<String> besideResults() throws IOException {
        return FilesBelow.all(builder.folder()).stream()
                .map(Path::getFileName)
                .map(Path::toString)
                .filter(name -> name.matches("\\..*\\.(fresh|previous|lock|discarded).*"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        builder.close();
    }
}

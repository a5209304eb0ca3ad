package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Builds with a buildkitd of their own, of which a process is killed. */
final class KilledDaemons implements AutoCloseable {
    /** What is killed. */
    enum Victim {
        US,
        US_BY_TERM,
        DAEMON,
        ALL_AT_ONCE
    }

    private static final int LONGEST = 3000;

    private final Random random;
    private final CommandLine commandLine;
    private final String secret = "planted-" + CommandLine.fresh();

    KilledDaemons(Random random) throws IOException {
        this.random = random;
        this.commandLine = CommandLine.in(Files.createTempDirectory("its-"), TESTBED.buildx())
                .with("IT_SECRET", secret);
    }

    private Path result() {
        return commandLine.folder().resolve("work/result.tar");
    }

    private Running start(String mark, String retries) throws IOException {
        Path context = Files.createTempDirectory(commandLine.folder().resolve("work"), "context-");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM %s
                RUN --mount=type=secret,id=s,required echo %s | tee /made && sleep 0.5
                """.formatted(TESTBED.base(), mark));
        String[] words = {
            "build-push",
            "--driver",
            "buildkitd",
            "--secret-envs",
            "s=IT_SECRET",
            "--outputs",
            "type=tar,dest=" + result(),
            "--retries",
            retries,
            context.toString()
        };
        return commandLine.start(words);
    }

    boolean kill(Victim victim) throws Exception {
        String mark = "its-killed-" + CommandLine.fresh();
        Map<String, String> before = WholeFiles.of(result());
        boolean killed;
        Said said;
        try (Running running = start(mark, Integer.toString(random.nextInt(2)))) {
            killed = !running.ends(Duration.ofMillis(random.nextInt(LONGEST)));
            if (killed) {
                kill(victim, running);
            }
            said = running.end();
        }
        assertThat(said.exit())
                .as(victim + ": " + said)
                .isIn(victim == Victim.US || victim == Victim.ALL_AT_ONCE ? List.of(0, 137) : List.of(0, 3, 130, 143));
        assertThat(said.err()).doesNotContain("Exception");
        if (said.exit() == 0 || !WholeFiles.of(result()).equals(before)) {
            Path into = WholeFiles.unpacked(result(), commandLine.folder().resolve("unpacked-" + mark));
            assertThat(into.resolve("made")).hasContent(mark);
            Builder.delete(into);
        }
        return killed;
    }

    private void kill(Victim victim, Running running) throws Exception {
        switch (victim) {
            case US -> running.signal("KILL");
            case US_BY_TERM -> running.signal("TERM");
            case DAEMON ->
                daemons()
                        .filter(process -> process.getValue().contains("buildkitd --root"))
                        .forEach(KilledDaemons::end);
            case ALL_AT_ONCE -> {
                running.signal("KILL");
                daemons().forEach(KilledDaemons::end);
            }
        }
    }

    private Stream<Map.Entry<Long, String>> daemons() throws IOException {
        return Machine.commandLines().entrySet().stream()
                .filter(process -> process.getValue().contains(commandLine.folder() + "/home/"));
    }

    private static void end(Map.Entry<Long, String> process) {
        ProcessHandle.of(process.getKey()).ifPresent(ProcessHandle::destroyForcibly);
    }

    void assertNothingIsLeft() throws Exception {
        Said gc = commandLine.run("doctor", "--gc");
        assertThat(gc.exit()).as(gc.toString()).isIn(0, 3);
        Await.until("the end of every daemon", () -> daemons().findAny().isEmpty());
        Await.until(
                "no daemon's directory",
                () -> WholeFiles.of(commandLine.folder().resolve("home/buildkit-ci"))
                        .isEmpty());
        assertThat(commandLine.temporary()).isEmptyDirectory();
        assertThat(result().getParent()).isDirectoryNotContaining("glob:**/.*");
    }

    @Override
    public void close() throws IOException {
        Builder.delete(commandLine.folder());
    }
}

package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process under way; closing kills it if it still runs. */
final class Running implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    /** Where the tests run in the background of a shell, all below would ignore SIGINT. */
    private static final List<String> AS_IN_THE_FOREGROUND = List.of("env", "--default-signal=INT,TERM");

    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Running start(List<String> argv, Map<String, String> environment, Path directory, Path said)
            throws IOException {
        Path out = Files.createTempFile(said, "", ".out");
        Path err = Files.createTempFile(said, "", ".err");
        List<String> words = new ArrayList<>(AS_IN_THE_FOREGROUND);
        words.add(
                argv.get(0).contains("/")
                        ? argv.get(0)
                        : Machine.onPath(argv.get(0)).toString());
        words.addAll(argv.subList(1, argv.size()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a signal by its name, such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** What it has said on standard error so far. */
    String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    void awaitErr(String text) throws InterruptedException {
        Await.until("'" + text + "' on standard error", () -> {
            if (!process.isAlive() && !err().contains(text)) {
                throw new AssertionError("ended without saying '" + text + "': " + err());
            }
            return err().contains(text);
        });
    }

    /** Whether it ends in this time. */
    boolean ends(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    Said end() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + err());
        }
        return new Said(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), err());
    }

    /** All that it started ends too, and is gone then. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            Await.until("the end of what was killed", () -> all.stream().noneMatch(Machine::lives));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

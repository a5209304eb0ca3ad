package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Docker Engine of the test's own, without the containerd image store. It has a network and processes of its own, so that
 * it takes nothing from another engine and all of it ends with it; no registry can be reached from there.
 */
final class OwnEngine implements Closeable {
    private static final String CONFIGURATION = "{\"features\":{\"containerd-snapshotter\":false}}";

    private final Path folder;
    private Running running;

    private OwnEngine(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.running = started();
    }

    static OwnEngine start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-engine-");
        Files.writeString(folder.resolve("daemon.json"), CONFIGURATION);
        return new OwnEngine(folder);
    }

    private Running started() throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("pid")); // of a process that was the first there is, as the next one is
        Running engine = Running.start(
                List.of(
                        "unshare",
                        "--net",
                        "--pid",
                        "--fork",
                        "--mount-proc",
                        "--kill-child",
                        "dockerd",
                        "--config-file=" + folder.resolve("daemon.json"),
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + Files.createTempDirectory(folder, "run-"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=" + host(),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false"),
                Map.of("PATH", Objects.requireNonNull(System.getenv("PATH"))),
                folder,
                folder);
        engine.awaitErr("API listen on");
        return engine;
    }

    String host() {
        return "unix://" + socket();
    }

    Path socket() {
        return folder.resolve("s");
    }

    /** Gives it the testbed's base image. */
    void load() throws IOException, InterruptedException {
        String copy =
                "docker pull -q %2$s && docker save %2$s | docker --host %1$s load".formatted(host(), TESTBED.base());
        ProcessBuilder copying = new ProcessBuilder("sh", "-ec", copy).redirectErrorStream(true);
        copying.environment().put("DOCKER_HOST", TESTBED.dockerHost());
        copying.environment().put("DOCKER_CONFIG", folder.toString());
        Process process = copying.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("the base image was not copied: " + said);
        }
    }

    /** Without a chance to end well, with all that it has started. */
    void kill() throws IOException, InterruptedException {
        running.signal("KILL");
        running.end();
    }

    void startAgain() throws IOException, InterruptedException {
        running = started();
    }

    @Override
    public void close() throws IOException {
        running.close();
        try {
            running.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Builder.delete(folder);
    }
}

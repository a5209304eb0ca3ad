package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a test's agent has: buildx with one builder, and a look at what is left on it. */
final class Agents {
    private static final Testbed TESTBED = Testbed.here();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Agents() {}

    /** The variables of an agent whose builder {@code testbed} is the standalone buildkitd. */
    static EnvVars environment(Path config) throws IOException, InterruptedException {
        PlayedJenkins.with("");
        EnvVars environment = new EnvVars();
        environment.put("BUILDKIT_CI_BUILDX", TESTBED.buildx().toString());
        environment.put("BUILDX_CONFIG", config.resolve("buildx").toString());
        environment.put("DOCKER_HOST", TESTBED.dockerHost());
        environment.put("PATH", System.getenv("PATH"));
        run(
                environment,
                TESTBED.buildx().toString(),
                "create",
                "--name",
                "testbed",
                "--driver",
                "remote",
                TESTBED.buildkitAddress());
        return environment;
    }

    static void run(EnvVars environment, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("agents", ".log");
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        process.environment().putAll(environment);
        int status = process.start().waitFor();
        String said = Files.readString(output);
        Files.delete(output);
        if (status != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + status + "\n" + said);
        }
    }

    /** Processes of this machine, the engine's too, whose command line has a text. */
    static List<String> processes(String text) {
        return ProcessHandle.allProcesses()
                .map(Agents::commandLine)
                .filter(line -> line.contains(text))
                .toList();
    }

    /** Waits until none has it: the builder ends what it runs a moment after its client. */
    static void awaitNone(String text) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!processes(text).isEmpty()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("still runs: " + processes(text));
            }
            Thread.sleep(20);
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** Files below a directory; those that go while it is looked at are left out, and so is a directory that is not there. */
    static List<String> files(Path directory) {
        List<String> found = new ArrayList<>();
        look(directory, found);
        return found;
    }

    private static void look(Path directory, List<String> found) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                found.add(file.toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    look(file, found);
                }
            }
        } catch (NoSuchFileException gone) {
            found.remove(directory.toString());
        } catch (IOException | DirectoryIteratorException e) {
            throw new AssertionError(directory + " cannot be looked at", e);
        }
    }

    /** Whoever has it open lets go of it soon: a daemon that was just ended. */
    static void removeAll(Path directory) throws IOException, InterruptedException {
        Process removal = new ProcessBuilder("rm", "-rf", directory.toString())
                .inheritIO()
                .start();
        if (removal.waitFor() != 0) {
            throw new AssertionError(directory + " cannot be removed");
        }
    }
}

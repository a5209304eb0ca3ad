package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a test's agent has: buildx with one builder, and a look at what is left on it. */
final class Agents {
    private static final Testbed TESTBED = Testbed.here();

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

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** Files below a directory; none when there is no such directory. */
    static List<String> files(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A job on a runner of GitHub, in the environment that actions/runner gives to its steps, on the testbed's engine. As on
 * a runner, the post steps that are due run when the job ends, the last one first; a job that then leaves something of
 * ours on the machine fails its test.
 */
final class RunnerJob implements AutoCloseable {
    static final String COMMIT = "c0ffee0123456789c0ffee0123456789c0ffee01";

    /** Like the one of a runner that stays, it outlives its jobs, and so does the class archive in it. */
    private static final Path TOOL_CACHE = Workflows.ROOT.resolve("github-action/target/it-tool-cache");

    private static final String EVENT = """
            {"repository": {"full_name": "octo/app", "private": false, "default_branch": "main"}}
            """;

    private final CommandLine machine;
    private final Map<String, String> environment;
    private final List<RunnerStep> steps = new ArrayList<>();
    private final List<Closeable> services = new ArrayList<>();

    RunnerJob() {
        try {
            Path folder = Files.createTempDirectory("job-");
            machine = CommandLine.in(folder, TESTBED.buildx());
            environment = new TreeMap<>(machine.environment());
            for (String name : List.of("runner", "private")) {
                Files.createDirectories(folder.resolve(name));
            }
            Path event = Files.writeString(folder.resolve("runner/event.json"), EVENT);
            environment.putAll(ofEveryJob());
            environment.put("GITHUB_EVENT_PATH", event.toString());
            environment.put("GITHUB_WORKSPACE", workspace().toString());
            environment.put("RUNNER_TEMP", temporary().toString());
            environment.put(
                    "RUNNER_TOOL_CACHE", Files.createDirectories(TOOL_CACHE).toString());
            environment.put("XDG_RUNTIME_DIR", folder.resolve("private").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> ofEveryJob() {
        return Map.ofEntries(
                Map.entry("CI", "true"),
                Map.entry("JAVA_HOME", System.getProperty("java.home")),
                Map.entry("GITHUB_ACTIONS", "true"),
                Map.entry("GITHUB_API_URL", "https://api.github.com"),
                Map.entry("GITHUB_ACTOR", "octocat"),
                Map.entry("GITHUB_EVENT_NAME", "push"),
                Map.entry("GITHUB_JOB", "image"),
                Map.entry("GITHUB_REF", "refs/heads/main"),
                Map.entry("GITHUB_REF_NAME", "main"),
                Map.entry("GITHUB_REF_TYPE", "branch"),
                Map.entry("GITHUB_REPOSITORY", "octo/app"),
                Map.entry("GITHUB_REPOSITORY_OWNER", "octo"),
                Map.entry("GITHUB_RUN_ATTEMPT", "2"),
                Map.entry("GITHUB_RUN_ID", "7"),
                Map.entry("GITHUB_RUN_NUMBER", "1"),
                Map.entry("GITHUB_SERVER_URL", "https://github.com"),
                Map.entry("GITHUB_SHA", COMMIT),
                Map.entry("GITHUB_WORKFLOW", "image"),
                Map.entry("RUNNER_ARCH", "X64"),
                Map.entry("RUNNER_ENVIRONMENT", "github-hosted"),
                Map.entry("RUNNER_NAME", "runner"),
                Map.entry("RUNNER_OS", "Linux"));
    }

    /** Of every step from now on, as {@code env} of a job is. */
    RunnerJob with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** @param action directory of its {@code action.yml} in this repository; {@code .} for the one at the root */
    RunnerStep step(String action) {
        RunnerStep step = new RunnerStep(this, action);
        steps.add(step);
        return step;
    }

    /** A step that makes a builder of the testbed's own parts. */
    RunnerStep createBuilder(Driver driver) {
        RunnerStep step = step("create-builder").input("driver", driver.render());
        return switch (driver) {
            case REMOTE -> step.input("endpoint", TESTBED.buildkitAddress());
            case DOCKER_CONTAINER ->
                step.input("driver-opts", "image=" + TESTBED.buildkitImage() + "\nnetwork=host")
                        .input("buildkitd-config", TESTBED.buildkitdConfig().toString());
            default -> step;
        };
    }

    /** The name of a builder that is there until the job ends; it is the current one. */
    String builder(Driver driver) throws IOException, InterruptedException {
        RunnerStep.Told told = createBuilder(driver).main();
        assertThat(told.exit()).as(told.toString()).isZero();
        return told.output("name");
    }

    /** A service of the job: it ends with it. */
    <T extends Closeable> T untilItEnds(T service) {
        services.add(service);
        return service;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path folder() {
        return machine.folder();
    }

    /** Where the repository is checked out to, and where steps run. */
    Path workspace() {
        return folder().resolve("work");
    }

    Path temporary() {
        return folder().resolve("tmp");
    }

    /** The same machine without a step, to look at it. */
    CommandLine machine() {
        return machine;
    }

    /** Of a file in the workspace; {@code BASE} stands for the testbed's base image in a Dockerfile. */
    Path file(String name, String content) throws IOException {
        Path file = workspace().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content.replace("FROM BASE", "FROM " + TESTBED.base()));
    }

    /** Containers and volumes of the engine whose name has this text. */
    List<String> inEngine(String text) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(machine.docker("container", "ls", "--all", "--format", "{{.Names}}")
                .lines());
        names.addAll(machine.docker("volume", "ls", "--format", "{{.Name}}").lines());
        names.removeIf(name -> !name.contains(text));
        return names;
    }

    /** Names of the builders that buildx keeps for this job beside the engine's own. */
    List<String> builders() throws IOException {
        Path instances = folder().resolve("buildx/instances");
        if (!Files.isDirectory(instances)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(instances)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Files of ours that hold what nobody else may see. */
    List<Path> privateFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path place : List.of(folder().resolve("private"), temporary())) {
            FilesBelow.of(place).stream()
                    .filter(file -> file.toString().contains("buildkit-ci"))
                    .forEach(found::add);
        }
        return found;
    }

    /** The post steps that are due, the last one first. */
    void end() throws IOException, InterruptedException {
        List<RunnerStep> due = new ArrayList<>(steps);
        Collections.reverse(due);
        steps.clear();
        for (RunnerStep step : due) {
            if (step.isDue()) {
                RunnerStep.Told told = step.post();
                assertThat(told.exit()).as(told.toString()).isZero();
                assertThat(told.view().data("warning")).as(told.toString()).isEmpty();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            end();
            assertThat(privateFiles()).as("private files of steps that ended").isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at the end of the job", e);
        } finally {
            for (Closeable service : services) {
                service.close();
            }
            Builder.delete(folder());
        }
    }
}

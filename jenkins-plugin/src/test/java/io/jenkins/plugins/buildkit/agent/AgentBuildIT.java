package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Finished;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.Clients;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.testbed.Testbed;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds of the real engine on an agent. */
class AgentBuildIT {
    private final Testbed testbed = Testbed.here();
    private final CountingChannel channel = new CountingChannel();
    private final String id = "agent-it-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path base;

    private Path workspace;

    @BeforeEach
    void thereIsAWorkspace() throws IOException {
        workspace = Files.createDirectories(base.resolve("Ünser job"));
        Files.writeString(
                workspace.resolve("Dockerfile"),
                "FROM " + testbed.base() + "\nARG SECONDS=0\nRUN sleep $SECONDS\nRUN uname -m > /machine\n");
    }

    private EnvVars environment() throws IOException {
        Path config = Files.createDirectories(base.resolve("docker config"));
        Path plugins = Files.createDirectories(config.resolve("cli-plugins"));
        Files.copy(testbed.buildx(), plugins.resolve("docker-buildx"), StandardCopyOption.REPLACE_EXISTING);
        return new EnvVars(
                "DOCKER_HOST",
                testbed.dockerHost(),
                "DOCKER_CONFIG",
                config.toString(),
                "PATH",
                testbed.dockerCli().getParent() + ":/usr/bin:/bin",
                "JOB_NAME",
                id,
                "BUILD_NUMBER",
                "1");
    }

    private Launcher launcher() {
        return new Launcher.RemoteLauncher(TaskListener.NULL, channel, true);
    }

    private Agent agent(Launcher launcher) throws Exception {
        return Agent.of(new FilePath(channel, workspace.toString()), launcher, environment());
    }

    private BuildRequest request(Agent agent, String... namesAndValues) {
        Map<String, RawValue> inputs = new LinkedHashMap<>();
        inputs.put("context", new RawValue.Text("."));
        inputs.put("client", new RawValue.Text("buildx"));
        inputs.put("tags", new RawValue.Text(testbed.registry() + "/" + id + ":1"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            inputs.put(namesAndValues[i], new RawValue.Text(namesAndValues[i + 1]));
        }
        BuildRequest request = valid(BuildInputs.check(RawInput.of(inputs), agent.outside()));
        return request.withContext(agent.context(request.source().context()));
    }

    private static <T> T valid(Checked<T> checked) {
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<T>) checked).value();
    }

    private static Builds builds(Agent agent) {
        CapabilityProbe probe = new CapabilityProbe(agent.tools(), agent.clients(), agent.buildxProgram());
        return new Builds(agent.tools(), probe, HostWords.PLAIN);
    }

    private static Builds.Ready ready(Builds builds, BuildRequest request) throws InterruptedException {
        Builds.Prepared prepared =
                builds.prepare(request, CacheScope.of(List.of(), List.of()), CapabilityProbe.Depth.NEEDED);
        assertThat(prepared).isInstanceOf(Builds.Ready.class);
        return (Builds.Ready) prepared;
    }

    /** A view that is told only whether there is something. */
    private record Watching(Runnable onNews) implements ProgressView {
        @Override
        public void update(ProgressLine line) {
            onNews.run();
        }

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }

    private static Finished run(Agent agent, BuildRequest request) throws InterruptedException {
        Builds builds = builds(agent);
        return builds.run(ready(builds, request), () -> new Watching(() -> {}), Redactor.of(List.of()));
    }

    private List<String> left() throws IOException {
        Path temporary = base.resolve("Ünser job@tmp");
        try (Stream<Path> names = Files.list(temporary)) {
            return names.map(p -> p.getFileName().toString()).toList();
        }
    }

    @Test
    void aWholePreparationIsOneLook() throws Exception {
        Agent agent = agent(launcher());
        assertThat(channel.takeCalls()).as("the look").isEqualTo(1);

        ready(builds(agent), request(agent, "push", "true"));

        assertThat(channel.takeCalls()).as("checking and preparing").isZero();
    }

    @Test
    void buildsAndPushesFromAWorkspaceWithBlanksAndOtherLetters() throws Exception {
        Agent agent = agent(launcher());
        Finished finished = run(agent, request(agent, "push", "true"));

        assertThat(finished.failure()).isEmpty();
        assertThat(finished.metadataJson())
                .hasValueSatisfying(json -> assertThat(json).contains("containerimage.digest", id));
        assertThat(left()).isEmpty();
    }

    private Builders builders(Agent agent) {
        BuildxFinder finder = new BuildxFinder(agent.tools().files(), agent.clients());
        BuildxFinder.Found buildx = (BuildxFinder.Found) finder.find(agent.buildxProgram());
        Clients clients = new Clients(
                buildx.command(), Optional.empty(), finder.docker().map(d -> List.of(d.toString())), Map.of());
        return new Builders(
                agent.tools().processes(),
                clients,
                new BuilderStore(agent.tools().files(), agent.clients()),
                agent.tools().workspaces(),
                agent.tools().reachability(),
                HostWords.PLAIN);
    }

    private BuilderRequest builderRequest(Agent agent) {
        Map<String, RawValue> inputs = new LinkedHashMap<>();
        inputs.put("name", new RawValue.Text(id));
        inputs.put("driver-opts", new RawValue.Text("image=" + testbed.buildkitImage() + "\nnetwork=host"));
        inputs.put(
                "buildkitd-config", new RawValue.Text(testbed.buildkitdConfig().toString()));
        inputs.put("use", new RawValue.Text("false"));
        return valid(BuilderInputs.check(RawInput.of(inputs), List.of(), agent.outside()));
    }

    @Test
    void aBuilderIsMadeBuildsForTwoPlatformsAndIsRemoved() throws Exception {
        Agent agent = agent(launcher());
        Builders builders = builders(agent);
        Creation creation =
                builders.create(builderRequest(agent).builder(), Duration.ofMinutes(2), (stream, line) -> {});
        try {
            assertThat(creation).isInstanceOf(Creation.Created.class);
            BuildRequest request = request(agent, "builder", id, "platforms", "linux/amd64,linux/386", "push", "true");
            Finished finished = run(agent, request);

            assertThat(finished.failure()).isEmpty();
            assertThat(finished.digests().keySet())
                    .containsExactlyInAnyOrder(Platform.parse("linux/amd64"), Platform.parse("linux/386"));
        } finally {
            Removal removal = builders.remove(id, false, Optional.empty());
            assertThat(removal).isInstanceOf(Removal.Removed.class);
        }
        assertThat(builders.exists(id)).isFalse();
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void interruptsInTheMiddleOfABuildLeaveNothing(int times) throws Exception {
        Agent agent = agent(launcher());
        Builds builds = builds(agent);
        Builds.Ready ready = ready(builds, request(agent, "build-args", "SECONDS=60", "no-cache", "true"));
        Thread caller = Thread.currentThread();
        AtomicInteger left = new AtomicInteger(times);
        Watching watching = new Watching(() -> {
            if (left.getAndDecrement() > 0) {
                caller.interrupt();
            }
        });

        assertThatThrownBy(() -> builds.run(ready, () -> watching, Redactor.of(List.of())))
                .isInstanceOf(InterruptedException.class);

        assertThat(left()).isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .map(p -> p.info().commandLine().orElse(""))
                        .filter(running -> running.contains(id)))
                .isEmpty();
    }

    /** The agent's own JVM sees neither the container's files nor its processes. */
    @Test
    void aStepInAContainerFindsBuildsAndEndsThere() throws Exception {
        Files.createDirectories(base.resolve("Ünser job@tmp"));
        docker("run", "--detach", "--rm", "--name", id, "--network", "host");
        try {
            Launcher inContainer = new InContainer(
                    launcher(), List.of(testbed.dockerCli().toString(), "exec"), id, workspace.toString());
            Agent agent =
                    Agent.of(new FilePath(channel, workspace.toString()), inContainer, new EnvVars("STEP", "$ 'x'"));

            assertThat(new BuildxFinder(agent.tools().files(), agent.clients()).find(agent.buildxProgram()))
                    .isEqualTo(new BuildxFinder.Found(List.of("/usr/libexec/docker/cli-plugins/docker-buildx")));
            assertThat(agent.environment()).containsEntry("STEP", "$ 'x'");
            assertThat(agent.tools().files().read(Path.of("/only-here"))).isEmpty();
            agent.tools().processes().capture(Command.of("sh", "-c", "printf 'a\\nb' > /only-here"));
            assertThat(agent.tools().files().read(Path.of("/only-here"))).contains("a\nb");
            assertThat(agent.tools().files().list(Path.of("/root"))).isEmpty();
            assertThat(agent.tools().files().isExecutable(Path.of("/bin/sh"))).isTrue();

            Finished finished = run(agent, request(agent, "push", "true"));
            assertThat(finished.failure()).isEmpty();
            assertThat(left()).isEmpty();
            endsWhatRunsInside(agent);
        } finally {
            new LocalProcessRunner()
                    .capture(Command.of(testbed.dockerCli().toString(), "rm", "--force", id)
                            .withEnvironment(Map.of("DOCKER_HOST", testbed.dockerHost())));
        }
    }

    private void endsWhatRunsInside(Agent agent) {
        String nap = "4321." + ThreadLocalRandom.current().nextInt(1_000_000);
        Thread caller = Thread.currentThread();
        Command command =
                Command.of("sh", "-c", "trap '' TERM; echo ready; sleep %1$s & wait; sleep %1$s".formatted(nap));

        assertThatThrownBy(() -> agent.tools().processes().run(command, (stream, line) -> caller.interrupt()))
                .isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.allProcesses()
                        .map(p -> p.info().commandLine().orElse(""))
                        .filter(running -> running.contains("sleep " + nap)))
                .isEmpty();
    }

    private void docker(String... arguments) throws InterruptedException {
        String engine = testbed.dockerHost().substring("unix://".length());
        List<String> argv = new ArrayList<>(List.of(testbed.dockerCli().toString()));
        argv.addAll(List.of(arguments));
        for (Path shared : List.of(workspace, base.resolve("Ünser job@tmp"))) {
            argv.addAll(List.of("--volume", shared + ":" + shared));
        }
        argv.addAll(List.of("--volume", engine + ":/var/run/docker.sock"));
        argv.addAll(List.of("--volume", testbed.buildx() + ":/usr/libexec/docker/cli-plugins/docker-buildx:ro"));
        argv.addAll(List.of(testbed.base(), "sleep", "600"));
        Captured said = new LocalProcessRunner()
                .capture(Command.of(argv).withEnvironment(Map.of("DOCKER_HOST", testbed.dockerHost())));
        assertThat(said.succeeded()).as(said.err()).isTrue();
    }

    @Test
    void theEngineIsAskedByTheDockerProgramOfTheStep() throws Exception {
        assertThat(agent(launcher()).tools().engine().info()).isInstanceOf(DockerEngine.Info.class);
    }
}

package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.buildkitci.build.Builds;
import io.buildkitci.build.BuildxRun;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What comes out for an agent of Windows, whatever the controller runs on. */
class WindowsAgentTest {
    private static final String BUILDX = "C:\\Program Files\\Docker\\cli-plugins\\docker-buildx.exe";

    private final WindowsLauncher launcher = new WindowsLauncher();

    /** An agent that shows what Windows shows. */
    private static final class WindowsChannel implements VirtualChannel {
        private static final List<List<String>> TOLD = List.of(
                List.of("os", "", "=Windows Server 2022"),
                List.of("architecture", "", "=amd64"),
                List.of("home", "", "=C:\\Users\\jenkins"),
                List.of("variable", "ProgramFiles", "=C:\\Program Files"),
                List.of("variable", "Path", "=C:\\Windows\\system32;C:\\Program Files\\Docker"),
                List.of("EXECUTABLE", "C:\\Users\\jenkins\\.docker\\cli-plugins\\docker-buildx.exe", ""),
                List.of("EXECUTABLE", BUILDX, "="),
                List.of("EXECUTABLE", "C:\\Windows\\system32\\docker.exe", ""),
                List.of("EXECUTABLE", "C:\\Program Files\\Docker\\docker.exe", "="),
                List.of("context", "C:\\Users\\jenkins\\.docker\\config.json", ""),
                List.of("TEXT", "C:\\Users\\jenkins\\.docker\\buildx\\current", ""),
                List.of("NAMES", "C:\\Users\\jenkins\\.docker\\buildx\\defaults", "="),
                List.of("NAMES", "\\proc\\sys\\fs\\binfmt_misc", "="),
                List.of("DIRECTORY", ".", "="),
                List.of("READABLE", ".\\Dockerfile", "="));

        @Override
        @SuppressWarnings("unchecked")
        public <V, T extends Throwable> V call(Callable<V, T> callable) {
            return (V) TOLD.stream().flatMap(List::stream).toArray(String[]::new);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
            return new Done<>((V) new String[0]);
        }

        @Override
        public void close() {}

        @Override
        public void join() {}

        @Override
        public void join(long timeout) {}

        @Override
        public <T> T export(Class<T> type, T instance) {
            return instance;
        }

        @Override
        public void syncLocalIO() {}
    }

    private record Done<V>(V answer) implements Future<V> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public V get() {
            return answer;
        }

        @Override
        public V get(long timeout, TimeUnit unit) {
            return answer;
        }
    }

    /** Writes down what it was asked to start. */
    private static final class WindowsLauncher extends Launcher {
        private final List<ProcStarter> started = new ArrayList<>();

        WindowsLauncher() {
            super(TaskListener.NULL, new WindowsChannel());
        }

        @Override
        public boolean isUnix() {
            return false;
        }

        @Override
        public Proc launch(ProcStarter starter) {
            started.add(starter);
            return new Ended();
        }

        @Override
        public void kill(Map<String, String> variables) {}
    }

    private static final class Ended extends Proc {
        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public void kill() {}

        @Override
        public int join() {
            return 0;
        }

        @Override
        public InputStream getStdout() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getStderr() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream getStdin() {
            return OutputStream.nullOutputStream();
        }
    }

    private Agent agent() throws IOException, InterruptedException {
        FilePath workspace = new FilePath(launcher.getChannel(), "C:\\jenkins\\workspace\\Ünser job");
        return Agent.of(workspace, launcher, new EnvVars("JOB_NAME", "job", "BUILD_NUMBER", "1"));
    }

    private static BuildRequest request(Agent agent) {
        Map<String, RawValue> inputs = new LinkedHashMap<>();
        inputs.put("context", new RawValue.Text("."));
        inputs.put("tags", new RawValue.Text("registry.example/app:1"));
        inputs.put("secret-envs", new RawValue.Text("npm=ProgramFiles"));
        Checked<BuildRequest> checked = BuildInputs.check(RawInput.of(inputs), agent.outside());
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuildRequest>) checked).value();
    }

    @Test
    void theEngineFindsProgramsAndPlatform() throws Exception {
        Agent agent = agent();

        assertThat(agent.tools().platform()).isEqualTo(Platform.parse("windows/amd64"));
        assertThat(agent.clients().dockerConfig()).hasToString("C:/Users/jenkins/.docker");
        assertThat(agent.environment()).containsEntry("PATH", "C:\\Windows\\system32;C:\\Program Files\\Docker");
        assertThat(agent.outside().variable().apply("programfiles")).contains("C:\\Program Files");
        assertThat(agent.tools().engine().runPrivileged("image", List.of()).status())
                .contains(0);
        assertThat(launcher.started.get(0).cmds()).startsWith("C:/Program Files/Docker/docker.exe", "run");
    }

    @Test
    void commandsAndFilesOfABuildAreWrittenWithSlashes() throws Exception {
        Agent agent = agent();
        Builds builds = new Builds(
                agent.tools(),
                new CapabilityProbe(agent.tools(), agent.clients(), agent.buildxProgram()),
                HostWords.PLAIN);
        BuildRequest request = request(agent);
        Builds.Prepared prepared =
                builds.prepare(request, CacheScope.of(List.of(), List.of()), CapabilityProbe.Depth.NEEDED);
        assertThat(prepared).isInstanceOf(Builds.Ready.class);

        try (Workspace workspace = agent.tools().workspaces().open()) {
            assertThat(workspace.path().toString())
                    .matches("C:/jenkins/workspace/Ünser job@tmp/buildkit-ci-[0-9a-f]{32}");
            Builds.Begun begun = builds.begin(
                    (Builds.Ready) prepared,
                    workspace,
                    () -> {
                        throw new AssertionError("nothing is shown");
                    },
                    Redactor.of(List.of()),
                    Instant.EPOCH);
            try (BuildxRun run = ((Builds.UnderWay) begun).run()) {
                assertThat(run.command().argv())
                        .startsWith("C:/Program Files/Docker/cli-plugins/docker-buildx.exe", "build")
                        .contains(workspace.path() + "/metadata.json")
                        .endsWith(".");
            }
        }
    }

    @Test
    void processesAreStartedInTheWorkspaceWithAllTheyNeed() throws Exception {
        assertThat(agent().tools()
                        .processes()
                        .capture(io.buildkitci.process.Command.of("C:/x/buildx.exe", "a b", "50$")
                                .withEnvironment(Map.of("TOKEN", "$ecret")))
                        .outcome())
                .isEqualTo(new Outcome.Exited(0));

        Launcher.ProcStarter started = launcher.started.get(0);
        assertThat(started.cmds()).containsExactly("C:/x/buildx.exe", "a b", "50$$");
        assertThat(started.pwd().getRemote()).isEqualTo("C:\\jenkins\\workspace\\Ünser job");
        assertThat(Arrays.asList(started.envs())).contains("TOKEN=$$ecret", "JOB_NAME=job");
        assertThat(started.quiet()).isTrue();
        assertThat(started.masks()).containsOnly(true);
        assertThat(Optional.ofNullable(started.stderr())).isPresent();
    }
}

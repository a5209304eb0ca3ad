package io.jenkins.plugins.buildkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.RealProcessesContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class AgentProcessesTest {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration LONG_GRACE = Duration.ofSeconds(20);

    @TempDir
    Path workspace;

    private AgentProcesses processes(Launcher launcher, EnvVars environment) {
        return processes(launcher, environment, GRACE);
    }

    private AgentProcesses processes(Launcher launcher, EnvVars environment, Duration grace) {
        FilePath directory = new FilePath(launcher.getChannel(), workspace.toString());
        return new AgentProcesses(
                new Launching(launcher, directory, environment), new Reach(directory), new Answers(), grace);
    }

    @Nested
    class OnTheControllersOwnNode implements RealProcessesContract {
        @Override
        public ProcessRunner runner() {
            return processes(new Launcher.LocalLauncher(TaskListener.NULL), new EnvVars());
        }

        @Override
        public ProcessRunner patient() {
            return processes(new Launcher.LocalLauncher(TaskListener.NULL), new EnvVars(), LONG_GRACE);
        }
    }

    @Nested
    class OnAnAgent implements RealProcessesContract {
        @Override
        public ProcessRunner runner() {
            return processes(
                    new Launcher.RemoteLauncher(TaskListener.NULL, new CountingChannel(), true), new EnvVars());
        }

        @Override
        public ProcessRunner patient() {
            return processes(
                    new Launcher.RemoteLauncher(TaskListener.NULL, new CountingChannel(), true),
                    new EnvVars(),
                    LONG_GRACE);
        }
    }

    /** As in an old docker exec. */
    @Test
    void whatCannotBeFoundByItsCookieIsLeftToJenkins() throws Exception {
        Launcher launcher = new Launcher.LocalLauncher(TaskListener.NULL);
        ProcessRunner runner = processes(launcher.decorateByPrefix("env", "-u", AgentProcesses.COOKIE), new EnvVars());
        List<Long> pids = Collections.synchronizedList(new ArrayList<>());
        Thread caller = Thread.currentThread();
        Command command = RealProcessesContract.sh("sleep 60 & echo $! $$; wait");

        assertThatThrownBy(() -> runner.run(command, (stream, line) -> {
                    for (String pid : line.split(" ", -1)) {
                        pids.add(Long.valueOf(pid));
                    }
                    caller.interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
        for (long pid : pids) {
            assertThat(RealProcessesContract.runs(pid)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"$HOME", "$$", "a$", "${PATH}x", "$1", "\\$x", "${undefined}"})
    void nothingIsReplacedInArgumentsAndVariables(String text) throws Exception {
        ProcessRunner runner = processes(new Launcher.LocalLauncher(TaskListener.NULL), new EnvVars("OF_STEP", text));
        Command command = Command.of("sh", "-c", "printf '%s|' \"$1\" \"$OF_STEP\" \"$OF_COMMAND\"", "sh", text)
                .withEnvironment(Map.of("OF_COMMAND", text));

        assertThat(runner.capture(command).out()).isEqualTo((text + "|").repeat(3) + "\n");
    }

    @Test
    void runsInTheWorkspace() throws Exception {
        ProcessRunner runner = processes(new Launcher.LocalLauncher(TaskListener.NULL), new EnvVars());

        assertThat(runner.capture(Command.of("pwd")).out()).isEqualTo(workspace + "\n");
    }

    @Test
    void neitherCommandNorVariablesAreShownInTheLog() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (StreamTaskListener listener = new StreamTaskListener(log, StandardCharsets.UTF_8)) {
            processes(new Launcher.LocalLauncher(listener), new EnvVars("TOKEN", "s3cr3t"))
                    .capture(Command.of("echo", "hidden"));
        }

        assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void oneProcessCostsFourRoundTrips() throws Exception {
        CountingChannel channel = new CountingChannel();
        ProcessRunner runner = processes(new Launcher.RemoteLauncher(TaskListener.NULL, channel, true), new EnvVars());

        assertThat(runner.capture(Command.of("seq", "1", "100000")).succeeded()).isTrue();
        assertThat(channel.takeCalls()).isEqualTo(4);
    }

    @Test
    void anAgentThatIsGoneIsNoOutcomeOfAProgram() {
        CountingChannel channel = new CountingChannel();
        ProcessRunner runner = processes(new Launcher.RemoteLauncher(TaskListener.NULL, channel, true), new EnvVars());
        channel.breakDown();

        assertThatThrownBy(() -> runner.capture(Command.of("true")))
                .isInstanceOf(AgentGone.class)
                .hasMessageContaining("switched off");
    }

    @Test
    void aProgramOfAnotherSystemThatIsMissingIsNamed() throws Exception {
        Launcher launcher = new Launcher.LocalLauncher(TaskListener.NULL).decorateByPrefix("/no/such/docker", "exec");

        assertThat(processes(launcher, new EnvVars())
                        .capture(Command.of("buildx"))
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.NotStarted.class,
                        not -> assertThat(not.reason()).startsWith("buildx: "));
    }

    @Test
    void onlyQuestionsLeaveTheAnswersValid() {
        assertThat(List.of(
                        List.of("/b/docker-buildx", "version"),
                        List.of("docker", "buildx", "inspect"),
                        List.of("docker", "buildx", "imagetools", "inspect", "--raw", "x")))
                .allMatch(AgentProcesses::onlyAsks);
        assertThat(List.of(
                        List.of("docker-buildx", "inspect", "--bootstrap", "x"),
                        List.of("docker-buildx", "create"),
                        List.of("docker-buildx", "rm", "x"),
                        List.of("docker-buildx", "build", "--tag", "version", ".")))
                .noneMatch(AgentProcesses::onlyAsks);
    }

    @Test
    void changesMakeAnswersForgotten() throws Exception {
        FilePath directory = new FilePath(workspace.toFile());
        Answers answers = new Answers();
        Launching launching = new Launching(new Launcher.LocalLauncher(TaskListener.NULL), directory, new EnvVars());
        AgentProcesses runner = new AgentProcesses(launching, new Reach(directory), answers, GRACE);
        Path asked = Path.of("/x");
        answers.add(Answers.Kind.TEXT, "/x", Optional.of("known"));

        runner.capture(Command.of("echo", "version"));
        assertThat(answers.text(asked)).contains(Optional.of("known"));

        runner.capture(Command.of("true"));
        assertThat(answers.text(asked)).isEmpty();
    }
}

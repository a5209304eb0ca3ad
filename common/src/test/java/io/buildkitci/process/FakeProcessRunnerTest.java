package io.buildkitci.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Outcome.Exited;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeProcessRunnerTest implements ProcessRunnerContract {
    private final FakeProcessRunner runner = new FakeProcessRunner();

    @Override
    public ProcessRunner runner() {
        return runner;
    }

    @Override
    public Command saying(List<String> out, List<String> err, int status) {
        runner.on("saying")
                .out(out.toArray(String[]::new))
                .err(err.toArray(String[]::new))
                .exit(status);
        return Command.of("saying");
    }

    @Override
    public Command endless() {
        runner.on("endless").out("ready").hang();
        return Command.of("endless");
    }

    @Override
    public Command missing() {
        return Command.of("missing");
    }

    @Test
    void theLastAnswerThatFitsCounts() throws InterruptedException {
        runner.on("docker").exit(1);
        runner.on("docker", "info").out("fine");

        assertThat(runner.capture(Command.of("docker", "info", "--format")).out())
                .isEqualTo("fine\n");
        assertThat(runner.capture(Command.of("docker", "ps")).outcome()).isEqualTo(new Exited(1));
    }

    @Test
    void answersCallByCallAndRepeatsTheLast() throws InterruptedException {
        runner.on("x").exit(1).then().out("up");

        assertThat(runner.capture(Command.of("x")).outcome()).isEqualTo(new Exited(1));
        assertThat(runner.capture(Command.of("x")).out()).isEqualTo("up\n");
        assertThat(runner.capture(Command.of("x")).out()).isEqualTo("up\n");
    }

    @Test
    void aPlayedProgramSeesItsCommand() throws InterruptedException {
        runner.on("env").out("first").run((command, output) -> {
            output.line(LineListener.Stream.OUT, command.environment().getOrDefault("A", "none"));
            return new Exited(7);
        });
        ProcessRunner.Captured captured = runner.capture(Command.of("env").withEnvironment(Map.of("A", "b")));

        assertThat(captured).isEqualTo(new ProcessRunner.Captured(new Exited(7), "first\nb\n", ""));
    }

    @Test
    void remembersWhatWasRunAndWhatItHadNoAnswerTo() throws InterruptedException {
        runner.on("known");
        runner.capture(Command.of("known", "a b"));
        runner.capture(Command.of("unknown", "c"));

        assertThat(runner.commandLines()).containsExactly("known a b", "unknown c");
        assertThat(runner.unanswered()).containsExactly(Command.of("unknown", "c"));
    }
}

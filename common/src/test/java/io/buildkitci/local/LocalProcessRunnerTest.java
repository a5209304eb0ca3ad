package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.RealProcessesContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalProcessRunnerTest implements RealProcessesContract {
    @Override
    public ProcessRunner runner() {
        return new LocalProcessRunner(Duration.ofMillis(500));
    }

    @Override
    public ProcessRunner patient() {
        return new LocalProcessRunner(Duration.ofSeconds(20));
    }

    @Test
    void whatIsHiddenIsNotInheritedButGiven() throws InterruptedException {
        LocalProcessRunner hiding = new LocalProcessRunner().hiding("HOME"::equals);
        Command asks = Command.of("sh", "-c", "echo \"$HOME, $PATH\"");

        assertThat(hiding.capture(asks).out()).startsWith(", /");
        assertThat(hiding.capture(asks.withEnvironment(Map.of("HOME", "/given")))
                        .out())
                .startsWith("/given, /");
    }
}

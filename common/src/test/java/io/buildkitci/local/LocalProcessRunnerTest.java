package io.buildkitci.local;

import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.RealProcessesContract;
import java.time.Duration;

class LocalProcessRunnerTest implements RealProcessesContract {
    @Override
    public ProcessRunner runner() {
        return new LocalProcessRunner(Duration.ofMillis(500));
    }
}

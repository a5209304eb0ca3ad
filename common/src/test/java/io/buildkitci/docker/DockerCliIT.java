package io.buildkitci.docker;

import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.testbed.Testbed;
import java.util.List;

/** The engine's contract with the testbed's real one. */
class DockerCliIT extends DockerEngineContract {
    private final Testbed testbed = Testbed.here();

    @Override
    protected DockerEngine engine() {
        return at(testbed.dockerHost());
    }

    @Override
    protected DockerEngine unreachable() {
        return at("tcp://127.0.0.1:1");
    }

    @Override
    protected String shell() {
        return testbed.base();
    }

    private DockerEngine at(String host) {
        return new CliDockerEngine(
                new LocalProcessRunner(), List.of(testbed.dockerCli().toString(), "--host", host));
    }
}

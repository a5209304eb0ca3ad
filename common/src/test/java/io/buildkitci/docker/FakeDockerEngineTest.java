package io.buildkitci.docker;

import java.util.Optional;

class FakeDockerEngineTest extends DockerEngineContract {
    @Override
    protected DockerEngine engine() {
        return FakeDockerEngine.onLinux()
                .withImage(shell(), arguments -> new DockerEngine.Ran(Optional.of(3), "said\ncomplained\n"));
    }

    @Override
    protected DockerEngine unreachable() {
        return FakeDockerEngine.unreachable("it sleeps");
    }

    @Override
    protected String shell() {
        return "shell:1";
    }
}

package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import java.nio.file.Path;

class FakeMachineTest extends BinfmtContract {
    private final FakeMachine machine =
            new FakeMachine().running(Emulator.AMD64).withStatic("/usr/bin/qemu-loongarch64");

    @Override
    HostFiles files() {
        return machine;
    }

    @Override
    ProcessRunner processes() {
        return machine;
    }

    @Override
    Workspaces workspaces() {
        return machine;
    }

    @Override
    Path interpreter(Emulator emulator) {
        return Path.of("/usr/bin", emulator.entry());
    }
}

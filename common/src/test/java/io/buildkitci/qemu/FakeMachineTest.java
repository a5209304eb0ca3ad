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
        return machine.files;
    }

    @Override
    ProcessRunner processes() {
        return machine.processes;
    }

    @Override
    Workspaces workspaces() {
        return machine.workspaces;
    }

    @Override
    Path interpreter(Emulator emulator) {
        return Path.of("/usr/bin", emulator.entry());
    }
}

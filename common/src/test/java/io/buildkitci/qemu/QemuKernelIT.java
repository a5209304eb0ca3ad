package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWorkspaces;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of binfmt_misc with this machine's kernel, and the probe programs with the real QEMU. */
class QemuKernelIT extends BinfmtContract {
    private final HostFiles files = new LocalFiles();
    private final ProcessRunner processes = new LocalProcessRunner();
    private final Workspaces workspaces = LocalWorkspaces.ofThisUser();

    @Override
    HostFiles files() {
        return files;
    }

    @Override
    ProcessRunner processes() {
        return processes;
    }

    @Override
    Workspaces workspaces() {
        return workspaces;
    }

    @Override
    Path interpreter(Emulator emulator) {
        return Testbed.here().qemuDirectory().resolve(emulator.entry());
    }

    @ParameterizedTest
    @EnumSource(Emulator.class)
    void everyProbeProgramCountsItsArguments(Emulator emulator) throws Exception {
        try (Workspace workspace = workspaces.open()) {
            String probe =
                    workspace.writeExecutable("probe", ProbeBinary.of(emulator)).toString();
            String qemu = interpreter(emulator).toString();

            assertThat(processes.capture(Command.of(qemu, probe)).outcome())
                    .isEqualTo(new Outcome.Exited(ProbeBinary.RUNS));
            assertThat(processes.capture(Command.of(qemu, probe, "one")).outcome())
                    .isEqualTo(new Outcome.Exited(ProbeBinary.ARGV_LOST));
        }
    }
}

package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final RealMachine machine = new RealMachine();

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
        return Testbed.here().qemuDirectory().resolve(emulator.entry());
    }

    @ParameterizedTest
    @EnumSource(Emulator.class)
    void everyProbeProgramCountsItsArguments(Emulator emulator) throws Exception {
        try (Workspace workspace = machine.open()) {
            String probe =
                    workspace.writeExecutable("probe", ProbeBinary.of(emulator)).toString();
            String qemu = interpreter(emulator).toString();

            assertThat(machine.capture(Command.of(qemu, probe)).outcome())
                    .isEqualTo(new Outcome.Exited(ProbeBinary.RUNS));
            assertThat(machine.capture(Command.of(qemu, probe, "one")).outcome())
                    .isEqualTo(new Outcome.Exited(ProbeBinary.ARGV_LOST));
        }
    }
}

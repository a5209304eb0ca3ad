package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.build.Tools;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.QemuInputs;
import io.buildkitci.json.JsonText;
import io.buildkitci.qemu.EmulatorSetup;
import io.buildkitci.qemu.QemuReport;

/** {@code setup-qemu}: makes this machine run programs of other platforms. */
final class SetupQemuStep implements Step {
    @Override
    public InputTable table() {
        return QemuInputs.ALL;
    }

    @Override
    public String description() {
        return "Registers QEMU emulators in the kernel for platforms that this machine does not run itself.";
    }

    @Override
    public String example() {
        return "buildkit-ci setup-qemu --platforms linux/arm64,linux/arm/v7";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        return Checking.then(
                invocation, table().step(), QemuInputs.check(invocation.inputs(), host.outside()), request -> {
                    Tools tools = host.tools();
                    QemuReport report = new EmulatorSetup(
                                    tools.files(),
                                    tools.processes(),
                                    tools.workspaces(),
                                    tools.engine(),
                                    tools.platform())
                            .forAnEngineElsewhere(host.engineIsElsewhere())
                            .setUp(request);
                    if (invocation.json()) {
                        host.out().println(JsonText.pretty(report.data()));
                    } else {
                        report.lines().forEach(host.out()::println);
                    }
                    return report.failed() ? Blame.ENVIRONMENT.exitCode() : Blame.BUILT;
                });
    }
}

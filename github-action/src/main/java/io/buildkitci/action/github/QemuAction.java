package io.buildkitci.action.github;

import io.buildkitci.build.Tools;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.QemuInputs;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.EmulatorSetup;
import io.buildkitci.qemu.QemuReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code setup-qemu}: makes the runner run programs of other platforms. */
final class QemuAction implements Action {
    @Override
    public List<InputTable> tables() {
        return List.of(QemuInputs.ALL);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        return run.then(
                QemuInputs.check(run.inputs(), run.host().outside()), List.of(), request -> setUp(request, run));
    }

    static int setUp(QemuRequest request, ActionRun run) throws InterruptedException {
        Tools tools = run.host().tools();
        QemuReport report = new EmulatorSetup(
                        tools.files(), tools.processes(), tools.workspaces(), tools.engine(), tools.platform())
                .forAnEngineElsewhere(run.host().engineIsElsewhere())
                .setUp(request);
        run.log().group("Emulators", report.lines());
        run.output("platforms", String.join(",", runnable(report, tools.platform())));
        if (!report.failed()) {
            return Blame.BUILT;
        }
        List<String> missing = report.missing().stream().map(Platform::render).toList();
        return run.fail(
                Blame.ENVIRONMENT,
                "nothing on this runner runs " + String.join(", ", missing),
                String.join("\n", report.lines()));
    }

    private static Set<String> runnable(QemuReport report, Platform own) {
        Set<String> runnable = new LinkedHashSet<>(List.of(own.render()));
        report.platforms().stream()
                .map(QemuReport.Line::platform)
                .filter(platform -> !report.missing().contains(platform))
                .forEach(platform -> runnable.add(platform.render()));
        return runnable;
    }
}

package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.Tools;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.input.Checked;
import io.buildkitci.input.QemuInputs;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.EmulatorSetup;
import io.buildkitci.qemu.QemuReport;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitSetupQemu} that runs. Emulators that are registered already are left alone: it can run again. */
final class SetupQemuExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> texts;

    SetupQemuExecution(StepContext context, Map<String, String> texts) {
        super(context, "");
        this.texts = new TreeMap<>(texts);
    }

    @Override
    public boolean start() {
        inBackground(this::setUp);
        return false;
    }

    @Override
    public void onResume() {
        inBackground(this::setUp);
    }

    private void setUp(Place place) throws IOException, InterruptedException {
        Agent agent = Agent.of(place.directory(), place.launcher(), place.environment());
        Checked<QemuRequest> checked = QemuInputs.check(StepParameters.rawInput(texts), agent.outside());
        if (checked instanceof Checked.Invalid<QemuRequest> invalid) {
            throw new AbortException(StepFailure.of("buildkitSetupQemu", invalid.problems()));
        }
        Tools tools = agent.tools();
        QemuReport report = new EmulatorSetup(
                        tools.files(), tools.processes(), tools.workspaces(), tools.engine(), tools.platform())
                .forAnEngineElsewhere(new BuilderStore(tools.files(), agent.clients()).engineIsElsewhere())
                .setUp(((Checked.Valid<QemuRequest>) checked).value());
        PrintStream log = place.log().getLogger();
        report.lines().forEach(log::println);
        if (report.failed()) {
            throw new AbortException("nothing on this agent runs "
                    + report.missing().stream().map(Platform::render).collect(Collectors.joining(", "))
                    + "\n  -> the step's log says what mends it for each platform");
        }
        succeeded(null);
    }

    @Override
    public String getStatus() {
        return "setting up emulators";
    }
}

package io.buildkitci.action.cli;

import io.buildkitci.action.host.BuildkitSwitch;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.MissingParts;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Diagnosis;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.DoctorInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.DoctorRequest;
import java.io.IOException;

/** {@code doctor}: says what there is to build with, and what mends what is missing. */
final class DoctorStep implements Step {
    @Override
    public InputTable table() {
        return DoctorInputs.ALL;
    }

    @Override
    public String description() {
        return "Looks at everything a build needs, says what is missing and what mends it, or gets it.";
    }

    @Override
    public String example() {
        return "buildkit-ci doctor";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        return Checking.then(
                invocation,
                table().step(),
                DoctorInputs.check(invocation.inputs(), host.outside()),
                request -> look(request, invocation));
    }

    private static int look(DoctorRequest request, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        if (request.kubernetes().isPresent()) {
            host.out().print(ClusterText.of(request.kubernetes().get(), invocation.json()));
            return Blame.BUILT;
        }
        if (request.enableBuildkit().isPresent()) {
            return new BuildkitSwitch(host, host.err()::println)
                    .turnOn(request.enableBuildkit().get());
        }
        if (request.gc()) {
            sweep(host);
        }
        int got = request.installs() ? new MissingParts(host, request, host.err()::println).get() : Blame.BUILT;
        CapabilityProbe probe = new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram());
        Diagnosis diagnosis = probe.diagnose(request.builder(), new CommandLineWords());
        if (invocation.json()) {
            host.out().println(JsonText.pretty(diagnosis.data()));
        } else {
            diagnosis.lines().forEach(host.out()::println);
        }
        return got == Blame.BUILT && !diagnosis.usable() ? Blame.ENVIRONMENT.exitCode() : got;
    }

    /** Opening a workspace removes those that nobody holds, as every build does on its way. */
    private static void sweep(Host host) {
        try {
            host.tools().workspaces().open().close();
            host.err().println("what killed runs left of private files and clients is removed");
        } catch (IOException e) {
            host.err().println("what killed runs left could not be looked for: " + e.getMessage());
        }
    }
}

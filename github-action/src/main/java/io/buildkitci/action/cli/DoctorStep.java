package io.buildkitci.action.cli;

import io.buildkitci.action.host.BuildkitSwitch;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.LeftBehind;
import io.buildkitci.action.host.MissingParts;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Diagnosis;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.DoctorInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.DoctorRequest;
import java.util.LinkedHashMap;
import java.util.Map;

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
        LeftBehind leftBehind = new LeftBehind(host, new CommandLineWords());
        LeftBehind.Found left = request.gc() ? leftBehind.remove() : leftBehind.look();
        int got = request.installs() ? new MissingParts(host, request, host.err()::println).get() : Blame.BUILT;
        CapabilityProbe probe = new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram());
        Diagnosis diagnosis = probe.diagnose(request.builder(), new CommandLineWords());
        if (invocation.json()) {
            Map<String, Object> data = new LinkedHashMap<>(diagnosis.data());
            data.put(request.gc() ? "removed" : "left", left.things());
            host.out().println(JsonText.pretty(data));
        } else {
            diagnosis.lines().forEach(host.out()::println);
            tell(left, request.gc(), host);
        }
        left.troubles().forEach(trouble -> host.err().println("what killed runs left: " + trouble));
        boolean usable = diagnosis.usable() && left.troubles().isEmpty();
        return got == Blame.BUILT && !usable ? Blame.ENVIRONMENT.exitCode() : got;
    }

    private static void tell(LeftBehind.Found left, boolean removed, Host host) {
        left.things()
                .forEach(thing ->
                        host.out().printf("%-10s %-7s %s%n", "leftovers", removed ? "removed" : "there", thing));
        if (!removed && !left.things().isEmpty()) {
            host.out().println("                   -> " + new CommandLineWords().step("doctor") + " --gc");
        } else if (removed && left.things().isEmpty()) {
            host.out().printf("%-10s %-7s nothing was left by a killed run%n", "leftovers", "ok");
        }
    }
}

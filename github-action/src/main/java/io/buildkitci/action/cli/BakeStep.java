package io.buildkitci.action.cli;

import io.buildkitci.action.host.Branches;
import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.host.CacheDesk;
import io.buildkitci.action.host.Host;
import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.build.Bakes;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.OpenedBake;
import io.buildkitci.build.Revival;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.InputTable;
import io.buildkitci.json.JsonText;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BakeJson;
import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BakeText;
import io.buildkitci.report.HtmlReport;
import io.buildkitci.words.HostWords;
import java.util.List;

/** {@code bake}: builds targets of a bake file or services of a compose file. */
final class BakeStep implements Step {
    private static final HostWords WORDS = new CommandLineWords();

    @Override
    public InputTable table() {
        return BakeInputs.ALL;
    }

    @Override
    public String description() {
        return "Builds targets of a bake file, or services of a compose file, all in one; checks the definition first.";
    }

    @Override
    public String example() {
        return "buildkit-ci bake --files compose.yaml --set '*.platform=linux/amd64,linux/arm64' --push app db";
    }

    @Override
    public String further() {
        return "targets";
    }

    @Override
    public boolean canPlan() {
        return true;
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        return Checking.then(
                TokenFlag.refused(invocation),
                table().step(),
                CacheDesk.bakedElsewhereThanInJenkins(
                        BakeInputs.check(invocation.inputs(), host.outside()), invocation.inputs()),
                asked -> bake(asked, invocation));
    }

    private static int bake(BakeInputs.Asked asked, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        CapabilityProbe probe = new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram());
        boolean onlyShown = asked.print() || invocation.plan();
        Revival revival = onlyShown
                ? Revival.NONE
                : (name, seen) -> BuilderClients.of(host, WORDS).revive(name, seen);
        Builds builds = new Builds(host.tools(), probe, WORDS, revival);
        Bakes bakes = new Bakes(host.tools(), probe, builds);
        Bakes.Prepared prepared = bakes.prepare(
                asked.request(),
                target -> Branches.scope(target, host),
                host::variable,
                Redactor.of(Credentials.of(asked.request())));
        if (prepared instanceof Bakes.Unusable unusable) {
            host.err().print(Shows.failure("The build failed", unusable.failure(), host));
            return unusable.failure().code().blame().exitCode();
        }
        if (prepared instanceof Bakes.Wrong wrong) {
            return Checking.then(
                    invocation, "bake", new Checked.Invalid<>(wrong.problems(), List.of()), never -> Blame.BUILT);
        }
        Bakes.Ready ready = (Bakes.Ready) prepared;
        if (asked.print()) {
            host.out().println(ready.definition().strip());
            return Blame.BUILT;
        }
        if (invocation.plan()) {
            Redactor redactor = Redactor.of(ready.credentials());
            host.out().println(redactor.redact(JsonText.pretty(ready.plan().describe())));
            return Blame.BUILT;
        }
        try (OpenedBake cache = CacheDesk.open(bakes, ready, host, WORDS)) {
            return run(bakes, cache.ready(), invocation);
        }
    }

    private static int run(Bakes bakes, Bakes.Ready ready, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        Redactor redactor = Redactor.of(ready.credentials());
        Baked baked = bakes.run(ready, () -> Shows.progress(host, redactor), redactor);
        BakeReport report = BakeReports.of(baked);
        String json = redactor.redact(BakeJson.render(report));
        invocation.files().json().ifPresent(file -> Shows.write(StepFlags.JSON_FILE, file, json + "\n", host));
        invocation
                .files()
                .html()
                .ifPresent(file -> Shows.write(
                        StepFlags.HTML_FILE, file, redactor.redact(HtmlReport.page(report, Shows.stylesheet())), host));
        if (invocation.json()) {
            host.out().println(json);
        } else {
            host.out().print(redactor.redact(new BakeText(host.terminal().glyphs()).render(report)));
        }
        return baked.failure().map(BuildFailure::blame).map(Blame::exitCode).orElse(Blame.BUILT);
    }
}

package io.buildkitci.action.cli;

import io.buildkitci.action.cli.Invocation.ReportFiles;
import io.buildkitci.action.host.Branches;
import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.host.CacheDesk;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.OwnDaemon;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.build.Reports;
import io.buildkitci.build.Secrets;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.plan.Planned;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.HtmlReport;
import io.buildkitci.report.JsonReport;
import io.buildkitci.report.TextReport;
import io.buildkitci.words.HostWords;
import java.util.List;

/** {@code build-push}: builds, caches and pushes. */
final class BuildPushStep implements Step {
    private static final HostWords WORDS = new CommandLineWords();

    @Override
    public InputTable table() {
        return BuildInputs.ALL;
    }

    @Override
    public String description() {
        return "Builds an image from a Dockerfile, for one platform or several; pushes it, exports it, keeps its caches.";
    }

    @Override
    public String example() {
        return "buildkit-ci build-push --platforms linux/amd64,linux/arm64 --tags registry.example/app:1 --push"
                + " --cache registry .";
    }

    @Override
    public boolean takesContext() {
        return true;
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
                CacheDesk.elsewhereThanInJenkins(
                        BuildInputs.check(invocation.inputs(), host.outside()), invocation.inputs()),
                request -> invocation.plan()
                        ? build(request, invocation)
                        : OwnDaemon.around(
                                request,
                                host,
                                new CommandLineWords(),
                                new DaemonTeller(request, invocation),
                                asked -> build(asked, invocation)));
    }

    /** Tells of the daemon that a build had for itself. */
    private record DaemonTeller(BuildRequest request, Invocation invocation) implements OwnDaemon.Teller {
        @Override
        public int notStarted(BuilderFailure failure) {
            return unusable(failure, request, invocation);
        }

        @Override
        public void notRemoved(BuilderFailure failure, List<String> left) {
            Host host = invocation.host();
            host.err().print(Shows.failure("The builder was not removed", failure, host));
            left.forEach(part -> host.err().println("  left: " + part));
        }
    }

    private static int build(BuildRequest request, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        CapabilityProbe probe = new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram());
        Builds builds = new Builds(
                host.tools(),
                probe,
                WORDS,
                (name, seen) -> BuilderClients.of(host, WORDS).revive(name, seen));
        CacheScope scope = Branches.scope(request, host);
        Builds.Prepared prepared = builds.prepare(request, scope, invocation.plan() ? Depth.EVERYTHING : Depth.NEEDED);
        if (prepared instanceof Builds.Unusable unusable) {
            return unusable(unusable.failure(), request, invocation);
        }
        Builds.Ready ready = (Builds.Ready) prepared;
        if (invocation.plan()) {
            return show(builds.plan(ready), host);
        }
        try (OpenedCache cache = CacheDesk.open(builds, ready, scope, host, WORDS)) {
            return run(builds, cache.ready(), invocation);
        }
    }

    private static int unusable(BuilderFailure failure, BuildRequest request, Invocation invocation) {
        Host host = invocation.host();
        host.err().print(Shows.failure("The build failed", failure, host));
        write(
                Reports.of(failure, request, WORDS),
                Secrets.redactor(request, host::variable, host.tools().files()),
                invocation);
        return failure.code().blame().exitCode();
    }

    private static int show(Planned planned, Host host) {
        if (planned instanceof Planned.Ready ready) {
            host.out().println(JsonText.pretty(ready.plan().describe()));
            return Blame.BUILT;
        }
        List<Planned.Obstacle> obstacles = ((Planned.Refused) planned).obstacles();
        obstacles.forEach(obstacle -> host.err()
                .println((obstacle.input().isEmpty() ? "" : "--") + obstacle.text() + "\n  -> " + obstacle.remedy()));
        return Blame.ENVIRONMENT.exitCode();
    }

    private static int run(Builds builds, Builds.Ready ready, Invocation invocation) throws InterruptedException {
        Host host = invocation.host();
        Redactor redactor =
                Redactor.of(Secrets.values(ready, host::variable, host.tools().files()));
        Finished finished = builds.run(ready, () -> Shows.progress(host, redactor), redactor);
        BuildReport report = Reports.of(finished);
        write(report, redactor, invocation);
        if (!invocation.json()) {
            host.out().print(redactor.redact(new TextReport(host.terminal().glyphs()).render(report)));
        }
        return finished.failure().map(BuildFailure::blame).map(Blame::exitCode).orElse(Blame.BUILT);
    }

    /** For programs, where they asked. */
    private static void write(BuildReport report, Redactor redactor, Invocation invocation) {
        Host host = invocation.host();
        ReportFiles files = invocation.files();
        files.json()
                .ifPresent(file -> Shows.write(
                        StepFlags.JSON_FILE, file, redactor.redact(JsonReport.render(report)) + "\n", host));
        files.html()
                .ifPresent(file -> Shows.write(
                        StepFlags.HTML_FILE,
                        file,
                        redactor.redact(HtmlReport.page(report, "", Shows.stylesheet())),
                        host));
        if (invocation.json()) {
            host.out().println(redactor.redact(JsonReport.render(report)));
        }
    }
}

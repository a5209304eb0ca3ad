package io.buildkitci.action.github;

import io.buildkitci.action.host.Branches;
import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.host.CacheDesk;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.OwnDaemon;
import io.buildkitci.action.job.CacheAccess;
import io.buildkitci.action.job.Contexts;
import io.buildkitci.action.job.Given;
import io.buildkitci.action.job.JobDefaults;
import io.buildkitci.action.job.Switches;
import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.build.Secrets;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Planned;
import io.buildkitci.process.Redactor;
import java.util.List;
import java.util.Optional;

/** {@code build-push}: builds, caches and pushes. */
final class BuildAction implements Action {
    @Override
    public List<InputTable> tables() {
        return List.of(BuildInputs.ALL);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        ActionRun here = withContext(run);
        return here.then(
                CacheDesk.elsewhereThanInJenkins(
                        BuildInputs.check(here.inputs(), here.host().outside()), here.inputs()),
                switches(here),
                request -> build(request, here));
    }

    /** Where no context is given, it is the commit that the workflow runs for. */
    static ActionRun withContext(ActionRun run) throws InterruptedException {
        Optional<Version> buildx =
                Contexts.dependOnTheVersion(run.job()) ? probe(run).buildxVersion() : Optional.empty();
        Contexts contexts = Contexts.fill(run.inputs(), run.job(), buildx);
        contexts.notices().forEach(run::note);
        return run.with(contexts.inputs());
    }

    /** What is wrong with switches in the environment; what is worth a word is told. */
    static List<Problem> switches(ActionRun run) {
        Switches.Read read = Switches.read(run.host().environment());
        read.notices().forEach(run::note);
        return read.problems();
    }

    static Builds builds(ActionRun run) {
        Host host = run.host();
        return new Builds(
                host.tools(),
                probe(run),
                run.words(),
                (name, seen) -> BuilderClients.of(host, run.words()).revive(name, seen));
    }

    static CapabilityProbe probe(ActionRun run) {
        Host host = run.host();
        return new CapabilityProbe(host.tools(), host.clients(), host.buildxProgram());
    }

    static CacheScope scope(BuildRequest request, ActionRun run) {
        CacheScope scope = Branches.scope(request, run.host());
        return new CacheScope(
                scope.tags(),
                scope.platforms(),
                scope.branch(),
                scope.base(),
                run.job().event().defaultBranch().or(scope::main));
    }

    static int build(BuildRequest request, ActionRun run) throws InterruptedException {
        return OwnDaemon.around(request, run.host(), run.words(), new DaemonTeller(run), asked -> prepare(asked, run));
    }

    /** Tells of the daemon that a build had for itself. */
    private record DaemonTeller(ActionRun run) implements OwnDaemon.Teller {
        @Override
        public int notStarted(BuilderFailure failure) {
            return run.fail("The build failed", failure);
        }

        @Override
        public void notRemoved(BuilderFailure failure, List<String> left) {
            run.log().warn(run.text(failure));
            left.forEach(part -> run.log().warn("left: " + part));
        }
    }

    private static int prepare(BuildRequest request, ActionRun run) throws InterruptedException {
        Builds builds = builds(run);
        CacheScope scope = scope(request, run);
        Builds.Prepared prepared = builds.prepare(request, scope, Depth.NEEDED);
        if (prepared instanceof Builds.Unusable unusable) {
            return run.fail("The build failed", unusable.failure());
        }
        return build(builds, (Builds.Ready) prepared, scope, run);
    }

    /** What the job adds is added, what it must not see is hidden; then it is built. */
    private static int build(Builds builds, Builds.Ready prepared, CacheScope scope, ActionRun run)
            throws InterruptedException {
        Host host = run.host();
        JobDefaults.Completed completed =
                JobDefaults.complete(prepared.request(), Given.from(run.inputs()), run.job(), prepared.capabilities());
        CacheAccess.Allowed allowed = CacheAccess.from(host.environment()).allowed(completed.request());
        Builds.Ready usable = new Builds.Ready(allowed.request(), prepared.capabilities(), prepared.notes());
        try (OpenedCache cache = CacheDesk.open(builds, usable, scope, host, run.words())) {
            List<String> secrets =
                    Secrets.values(cache.ready(), host::variable, host.tools().files());
            secrets.forEach(run.log()::mask);
            completed.notes().forEach(run::note);
            allowed.notes().forEach(note -> run.log().annotate(Level.NOTICE, "", Spot.NONE, note));
            return build(builds, cache.ready(), Redactor.of(secrets), run);
        }
    }

    private static int build(Builds builds, Builds.Ready ready, Redactor redactor, ActionRun run)
            throws InterruptedException {
        Host host = run.host();
        tellPlan(builds.plan(ready), run);
        Finished finished = builds.run(
                ready, () -> new PlainProgress(run.log().text(), host.tools().clock(), redactor, true), redactor);
        return new BuildOutcome(run, redactor).tell(finished);
    }

    /** The exact command, which a person can repeat. */
    private static void tellPlan(Planned planned, ActionRun run) {
        if (planned instanceof Planned.Ready ready) {
            run.log().group("Command", ready.plan().describe().getOrDefault("argv", List.of()));
        }
    }
}

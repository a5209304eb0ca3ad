package io.buildkitci.action.github;

import io.buildkitci.action.host.CacheDesk;
import io.buildkitci.action.job.BakeDefaults;
import io.buildkitci.action.job.Contexts;
import io.buildkitci.action.job.Given;
import io.buildkitci.build.Baked;
import io.buildkitci.build.Bakes;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.OpenedBake;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bake}: builds targets of a bake definition. */
final class BakeAction implements Action {
    @Override
    public List<InputTable> tables() {
        return List.of(BakeInputs.ALL);
    }

    @Override
    public int main(ActionRun run) throws InterruptedException {
        Optional<Version> buildx =
                Contexts.dependOnTheVersion(run.job()) ? BuildAction.probe(run).buildxVersion() : Optional.empty();
        Contexts source = Contexts.source(run.inputs(), run.job(), buildx);
        source.notices().forEach(run::note);
        ActionRun here = run.with(source.inputs());
        return here.then(
                CacheDesk.bakedElsewhereThanInJenkins(
                        BakeInputs.check(here.inputs(), here.host().outside()), here.inputs()),
                BuildAction.switches(here),
                asked -> bake(asked, here));
    }

    private static int bake(BakeInputs.Asked asked, ActionRun run) throws InterruptedException {
        BakeDefaults defaults = new BakeDefaults(run.job(), Given.from(run.inputs()));
        BakeRequest request = defaults.withToken(defaults.named(asked.request()));
        Redactor redactor = masked(Credentials.of(request), run);
        CapabilityProbe probe = BuildAction.probe(run);
        Builds builds = asked.print() ? new Builds(run.host().tools(), probe, run.words()) : BuildAction.builds(run);
        Bakes bakes = new Bakes(run.host().tools(), probe, builds);
        Bakes.Prepared prepared =
                bakes.prepare(request, new OfTheJob(request, defaults, run), run.host()::variable, redactor);
        if (prepared instanceof Bakes.Unusable unusable) {
            return run.fail("The build failed", unusable.failure());
        }
        if (prepared instanceof Bakes.Wrong wrong) {
            return run.refuse(wrong.problems());
        }
        Bakes.Ready ready = (Bakes.Ready) prepared;
        run.log().group("Bake definition", ready.definition().strip().lines().toList());
        if (asked.print()) {
            return Blame.BUILT;
        }
        try (OpenedBake cache = CacheDesk.open(bakes, ready, run.host(), run.words())) {
            return build(bakes, cache.ready(), run);
        }
    }

    private static int build(Bakes bakes, Bakes.Ready ready, ActionRun run) throws InterruptedException {
        Redactor redactor = masked(ready.credentials(), run);
        run.log().group("Command", ready.plan().describe().getOrDefault("argv", List.of()));
        Baked baked = bakes.run(
                ready,
                () -> new PlainProgress(run.log().text(), run.host().tools().clock(), redactor, true),
                redactor);
        return new BakeOutcome(run, redactor).tell(baked);
    }

    /** The runner hides them too. */
    private static Redactor masked(List<String> credentials, ActionRun run) {
        List<String> secrets = new ArrayList<>(credentials);
        Given.from(run.inputs()).githubToken().map(Secret::reveal).ifPresent(secrets::add);
        secrets.forEach(run.log()::mask);
        return Redactor.of(secrets);
    }

    /** What the job adds to targets. */
    private record OfTheJob(BakeRequest request, BakeDefaults defaults, ActionRun run) implements Bakes.Defaults {
        @Override
        public CacheScope scope(BuildRequest target) {
            return BuildAction.scope(target, run);
        }

        @Override
        public List<String> allowed(Capabilities capabilities) {
            return defaults.allowed(capabilities);
        }

        @Override
        public List<String> settings(BuildRequest target, Capabilities capabilities) {
            return defaults.settings(request, target, capabilities);
        }
    }
}

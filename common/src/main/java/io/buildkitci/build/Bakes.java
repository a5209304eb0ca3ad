package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.Version;
import io.buildkitci.plan.BakePlan;
import io.buildkitci.plan.BuildPlanner;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Credentials;
import io.buildkitci.plan.Planned;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Builds targets of a bake definition, after buildx has read it and every target was looked at. */
public final class Bakes {
    /** Before, buildx opened the files of outputs for writing when it was only to print a definition. */
    private static final Version READS_ONLY = new Version(0, 30, 0);

    private final Tools tools;
    private final CapabilityProbe probe;
    private final Builds builds;

    public Bakes(Tools tools, CapabilityProbe probe, Builds builds) {
        this.tools = tools;
        this.probe = probe;
        this.builds = builds;
    }

    /** What stands before the build. */
    public sealed interface Prepared {}

    /**
     * All of it can be done; nothing has been built.
     *
     * @param scopes of the targets' caches, by their names
     * @param definition as buildx printed it, without credentials
     * @param notes for a person
     */
    public record Ready(
            BakePlan plan,
            Map<String, CacheScope> scopes,
            Capabilities capabilities,
            String definition,
            List<String> notes)
            implements Prepared {
        public Ready {
            scopes = Map.copyOf(scopes);
            notes = List.copyOf(notes);
        }

        /** By their names: each as the request of a build that would do the same. */
        public Map<String, BuildRequest> targets() {
            return plan.targets();
        }

        /** Every one in its targets, and those that the client adds, for whoever must hide them. */
        public List<String> credentials() {
            return Stream.concat(Credentials.of(plan).stream(), Credentials.of(capabilities).stream())
                    .toList();
        }

        CacheScope scope(String target) {
            return Optional.ofNullable(scopes.get(target)).orElseThrow();
        }

        /** The same with other requests for the same targets. */
        Ready with(BiFunction<String, BuildRequest, BuildRequest> change) {
            Map<String, BuildRequest> changed = new LinkedHashMap<>();
            targets().forEach((name, target) -> changed.put(name, change.apply(name, target)));
            return new Ready(plan.with(changed), scopes, capabilities, definition, notes);
        }

        private Ready noting(Stream<String> first) {
            List<String> all = Stream.concat(first, notes.stream()).toList();
            return new Ready(plan, scopes, capabilities, definition, all);
        }

        /** The same without what earlier runs showed to be of no use; caches of the definition stay. */
        public Ready without(Retrying.Without what) {
            return with((name, target) -> target.caching().shorthand().isPresent() ? what.of(target) : target);
        }

        /** One of them, as a build of its own. */
        Builds.Ready alone(BuildRequest target) {
            return new Builds.Ready(target, capabilities);
        }
    }

    /** Something of what is asked for is wrong, or the builder cannot do it. */
    public record Wrong(List<Problem> problems) implements Prepared {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /** There is nothing to build with. */
    public record Unusable(BuilderFailure failure) implements Prepared {}

    /** What a host adds to targets. */
    public interface Defaults {
        /** The branch's cache scope of a target. */
        CacheScope scope(BuildRequest target);

        /** What every build may be allowed beyond the usual. */
        default List<String> allowed(Capabilities capabilities) {
            return List.of();
        }

        /** What holds for a target where neither the definition nor the inputs say otherwise, {@code <key>=<value>}. */
        default List<String> settings(BuildRequest target, Capabilities capabilities) {
            return List.of();
        }
    }

    /** Definitions are buildx's. */
    private static BuildRequest throughBuildx(BuildRequest any) {
        return any.withMeans(new BuildRequest.Means(any.builder(), ClientChoice.BUILDX, false));
    }

    /**
     * Has the definition read and looks at every target. A builder that vanished is made again before, unless the build is not to
     * be tried twice.
     *
     * @param variable of the environment that the client gets
     * @param redactor for what is told of it
     */
    public Prepared prepare(
            BakeRequest request, Defaults defaults, Function<String, Optional<String>> variable, Redactor redactor)
            throws InterruptedException {
        Checked<BuildRequest> checked = BakeInputs.target("", List.of(), request.builder(), variable);
        BuildRequest any = throughBuildx(((Checked.Valid<BuildRequest>) checked).value());
        Vanished.Before builder = builds.vanished().before(any.means(), request.patience());
        if (builder.failure().isPresent()) {
            return new Unusable(builder.failure().get());
        }
        CapabilityProbe.Answer answer = probe.probe(any, CapabilityProbe.Depth.EVERYTHING);
        if (answer instanceof CapabilityProbe.Unusable unusable) {
            return new Unusable(unusable.failure());
        }
        Capabilities capabilities = ((CapabilityProbe.Probed) answer).capabilities();
        if (!(capabilities.client() instanceof Capabilities.Buildx)) {
            return new Wrong(List.of(new Problem(
                    "builder",
                    request.builder().orElse(""),
                    "is a buildkitd without buildx, which alone reads definitions; name a builder of buildx")));
        }
        BakePlan plan = BakePlan.of(
                request.allowing(defaults.allowed(capabilities)),
                capabilities.client().command());
        BakeCheck.Printed printed = new BakeCheck(tools.processes(), plan, redactor).print();
        BakeDefinition definition = BakeDefinition.parse(printed.json(), request.builder(), variable);
        List<Problem> problems = new ArrayList<>(printed.problems());
        definition
                .problems()
                .forEach(problem -> problems.add(new Problem(
                        problem.input(), redactor.redact(problem.given()), redactor.redact(problem.reason()))));
        if (problems.isEmpty() && definition.targets().isEmpty()) {
            problems.add(new Problem("targets", "", "there is no target to build"));
        }
        String shown = redactor.redact(printed.json());
        if (!problems.isEmpty()) {
            return new Wrong(problems);
        }
        Prepared prepared = ready(plan, definition, capabilities, shown, defaults);
        return prepared instanceof Ready ready ? ready.noting(builder.note().stream()) : prepared;
    }

    private Prepared ready(
            BakePlan plan, BakeDefinition definition, Capabilities capabilities, String shown, Defaults defaults) {
        HostWords words = new DefinitionWords(builds.words());
        Map<String, BuildRequest> targets = new LinkedHashMap<>();
        Map<String, List<String>> settings = new LinkedHashMap<>();
        Map<String, CacheScope> scopes = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, List<String>> noted = new LinkedHashMap<>();
        definition.targets().forEach((name, target) -> {
            CacheScope scope = defaults.scope(target).ofTarget(name);
            BuildRequest bound = Builds.bind(plan.completed(target), scope);
            scopes.put(name, scope);
            targets.put(name, bound);
            settings.put(name, defaults.settings(target, capabilities));
            Planned planned = BuildPlanner.plan(bound, capabilities, RunPlace.SHOWN, words);
            if (planned instanceof Planned.Refused refused) {
                refused.obstacles()
                        .forEach(obstacle -> problems.add(new Problem(
                                "target '" + name + "'", "", obstacle.text() + "\n-> " + obstacle.remedy())));
            } else if (planned instanceof Planned.Ready possible) {
                noted.put(name, possible.plan().notes());
            }
        });
        problems.addAll(OpenedBake.inTheWay(targets, builds.words()));
        if (!problems.isEmpty()) {
            return new Wrong(problems);
        }
        BakePlan bound = plan.with(settings, targets);
        String masked = Redactor.of(Credentials.of(bound)).redact(shown);
        List<String> notes = new ArrayList<>(
                definition.notices().stream().map(Notice::render).toList());
        notes.addAll(BakeReports.told(noted));
        notes.addAll(emptied(bound, capabilities));
        return new Ready(bound, scopes, capabilities, masked, notes);
    }

    private static List<String> emptied(BakePlan plan, Capabilities capabilities) {
        Optional<Version> old = capabilities.client().version().filter(v -> v.compareTo(READS_ONLY) < 0);
        boolean files = plan.exact(RunPlace.SHOWN).staged().values().stream()
                .flatMap(List::stream)
                .anyMatch(output -> !output.fresh().startsWith(output.target()));
        return old.isPresent() && files
                ? List.of("buildx " + old.get() + " empties files that outputs name when it reads a definition, so that"
                        + " a build that fails leaves no old ones; from " + READS_ONLY + " on it leaves them alone")
                : List.of();
    }

    /**
     * Takes the cache service that targets ask for into use, with one pass for all of them: see {@link Builds#open}.
     *
     * @param asks for the pass; only asked where a target needs one
     * @param end ends the pass; must not fail
     */
    public OpenedBake open(Ready ready, Builds.Asking asks, Consumer<CachePass> end) throws InterruptedException {
        return OpenedBake.open(builds, ready, asks, end);
    }

    /**
     * Builds them, again after failures that may pass: see {@link Retrying}.
     *
     * @param view shows a run of it meanwhile; asked when there is something to show, and closed at its end
     */
    public Baked run(Ready ready, Supplier<ProgressView> view, Redactor redactor) throws InterruptedException {
        Instant began = tools.clock().instant();
        Builds.Ready any = ready.alone(ready.targets().values().iterator().next());
        return builds.attempts(view, began).run(any, without -> once(ready.without(without), view, redactor, began));
    }

    private Baked once(Ready ready, Supplier<ProgressView> view, Redactor redactor, Instant began)
            throws InterruptedException {
        try (Workspace workspace = tools.workspaces().open();
                ClientRun<Baked> run = begin(ready, workspace, view, redactor, began)) {
            Optional<Duration> left = ready.plan()
                    .request()
                    .patience()
                    .timeout()
                    .map(limit ->
                            limit.minus(Duration.between(began, tools.clock().instant())));
            return run.end(StallWatch.run(run, tools.processes(), left));
        } catch (IOException e) {
            return BakeEnd.noRoom(ready, e, builds.words());
        }
    }

    /**
     * Makes all that the client needs, for a caller that runs it itself, and closes what it gets.
     *
     * @param workspace the caller closes it after the build, which may be in another process
     * @param began the build
     */
    public ClientRun<Baked> begin(
            Ready ready, Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began)
            throws IOException {
        return new BakeRun(tools, builds, ready, new BuildxRun.Start(workspace, view, redactor, began)).mended();
    }

    /**
     * Takes up a build again whose client was started by another process from {@link #begin}.
     *
     * @param ready as it was then: found out from the same inputs
     * @param workspace the one it was begun in
     * @param began when it was
     */
    public ClientRun<Baked> resume(
            Ready ready, Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began) {
        return new BakeRun(tools, builds, ready, new BuildxRun.Start(workspace, view, redactor, began));
    }
}

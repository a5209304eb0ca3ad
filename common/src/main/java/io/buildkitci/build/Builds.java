package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.cache.CacheExpansion;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.Evidence;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.BuildPlan;
import io.buildkitci.plan.BuildPlanner;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Natively;
import io.buildkitci.plan.Planned;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Builds images: from a valid request to what came of it. Interrupted, it stops the build and leaves nothing behind. */
public final class Builds {
    private final Tools tools;
    private final CapabilityProbe probe;
    private final HostWords words;

    public Builds(Tools tools, CapabilityProbe probe, HostWords words) {
        this.tools = tools;
        this.probe = probe;
        this.words = words;
    }

    /** What stands before a build: a plan, or why there is none. */
    public sealed interface Prepared {}

    /** Everything is known; nothing has been run. */
    public record Ready(BuildRequest request, Capabilities capabilities) implements Prepared {}

    /** There is nothing to build with. */
    public record Unusable(BuilderFailure failure) implements Prepared {}

    /** Finds out what there is to build with and binds the {@code cache} shorthand. */
    public Prepared prepare(BuildRequest request, CacheScope scope, CapabilityProbe.Depth depth)
            throws InterruptedException {
        BuildRequest bound = bind(request, scope);
        CapabilityProbe.Answer answer = probe.probe(bound, depth);
        return answer instanceof CapabilityProbe.Probed probed
                ? new Ready(bound, probed.capabilities())
                : new Unusable(((CapabilityProbe.Unusable) answer).failure());
    }

    /** The plan that would be carried out, for people to see. */
    public Planned plan(Ready ready) {
        return BuildPlanner.plan(ready.request(), ready.capabilities(), RunPlace.SHOWN, words);
    }

    /** Both sides of the cache in place of the shorthand, which stays to say where they come from. */
    static BuildRequest bind(BuildRequest request, CacheScope scope) {
        Optional<CacheShorthand> shorthand = request.caching().shorthand();
        return shorthand.isPresent()
                        && CacheExpansion.expand(shorthand.get(), scope) instanceof CacheExpansion.Sides sides
                ? request.withCaching(request.caching().with(sides.from(), sides.to()))
                : request;
    }

    /**
     * Carries out the build.
     *
     * @param view shows it meanwhile; asked at most once, when there is something to show, and closed at its end
     */
    public Finished run(Ready ready, Supplier<ProgressView> view, Redactor redactor) throws InterruptedException {
        Instant began = tools.clock().instant();
        try (Workspace workspace = tools.workspaces().open()) {
            RunPlace place = new RunPlace(
                    workspace.path().toString(), workspace.path().getFileName().toString());
            Planned planned = BuildPlanner.plan(ready.request(), ready.capabilities(), place, words);
            if (planned instanceof Planned.Refused refused) {
                return Finished.notRun(
                        ready,
                        refused.obstacles(),
                        Duration.between(began, tools.clock().instant()));
            }
            return run(ready, ((Planned.Ready) planned).plan(), new Running(workspace, view, redactor, began));
        } catch (IOException e) {
            return Finished.noRoom(
                    ready, e, Duration.between(began, tools.clock().instant()));
        }
    }

    /** What one run goes by. */
    private record Running(Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began) {}

    private Finished run(Ready ready, BuildPlan plan, Running running) throws IOException, InterruptedException {
        CacheDirectories caches = new CacheDirectories(tools.files());
        List<String> troubles =
                new ArrayList<>(caches.recover(plan.swaps(), running.workspace().path()));
        boolean succeeded = false;
        try (SideTask<Capabilities> asked = SideTask.start(() -> more(ready))) {
            BuildxRun.Ended ended = new BuildxRun(tools.processes(), tools.files(), running.view(), running.redactor())
                    .run(plan, running.workspace());
            succeeded = ended.outcome().succeeded();
            troubles.addAll(succeeded ? caches.exchange(plan.swaps()) : List.of());
            Map<Platform, String> digests = succeeded ? digests(ready, ended.metadata()) : Map.of();
            Capabilities capabilities = asked.result().orElse(ready.capabilities());
            Optional<BuildFailure> failure = succeeded ? Optional.empty() : failure(ended, ready, capabilities);
            return new Finished(
                    ready.request(),
                    capabilities,
                    Optional.of(ended),
                    failure,
                    digests,
                    notes(plan, troubles),
                    Duration.between(running.began(), tools.clock().instant()));
        } finally {
            if (!succeeded) {
                caches.discard(plan.swaps());
            }
        }
    }

    /**
     * All about the builder, asked beside the build when the plan did without and the report can use it: it costs two
     * cores that build a tenth of a second.
     */
    private Capabilities more(Ready ready) throws InterruptedException {
        BuilderFacts builder = ready.capabilities().builder();
        boolean ofThisMachine = builder.driver().equals(Optional.of(Driver.DOCKER))
                || builder.driver().equals(Optional.of(Driver.DOCKER_CONTAINER));
        boolean nothingToTell = ofThisMachine && allNative(ready.request().platforms());
        return !builder.nodes().isEmpty() || nothingToTell
                ? ready.capabilities()
                : probe.more(ready.capabilities(), ready.request().builder());
    }

    private boolean allNative(List<Platform> platforms) {
        for (Platform platform : platforms) {
            if (!Natively.runs(tools.platform(), platform)) {
                return false;
            }
        }
        return true;
    }

    private Map<Platform, String> digests(Ready ready, Metadata metadata) throws InterruptedException {
        if (metadata.digest().isEmpty()) {
            return Map.of();
        }
        List<Platform> platforms = ready.request().platforms();
        if (!metadata.isIndex()) {
            return platforms.size() == 1
                    ? Map.of(platforms.get(0), metadata.digest().get())
                    : Map.of();
        }
        if (!ready.request().delivery().pushes() || metadata.names().isEmpty()) {
            return Map.of();
        }
        return new PushedDigests(
                        tools.processes(),
                        ready.capabilities().buildx().command(),
                        ready.request().builder())
                .read(metadata.names().get(0), metadata.digest().get())
                .orElse(Map.of());
    }

    private Optional<BuildFailure> failure(BuildxRun.Ended ended, Ready ready, Capabilities capabilities) {
        return Finished.checks(ready.request(), ended)
                .failure(words)
                .or(() -> new Classifier(words)
                        .classify(TraceEvidence.of(ended, ready.request().platforms(), where(ready, capabilities))));
    }

    private static Evidence.Where where(Ready ready, Capabilities capabilities) {
        BuilderFacts builder = capabilities.builder();
        Set<Platform> emulated = ready.request().platforms().stream()
                .filter(p -> Natively.of(p, builder.nodes()) == Natively.EMULATED)
                .collect(Collectors.toSet());
        return new Evidence.Where(builder.name(), builder.driver(), emulated);
    }

    private static List<String> notes(BuildPlan plan, List<String> troubles) {
        List<String> notes = new ArrayList<>(plan.notes());
        notes.addAll(troubles);
        return notes;
    }
}

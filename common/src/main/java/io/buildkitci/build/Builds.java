package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.cache.CacheExpansion;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.daemon.Buildctl;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.ServiceCache;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Builds images: from a valid request to what came of it. Interrupted, it stops the build and leaves nothing behind. */
public final class Builds {
    private final Tools tools;
    private final CapabilityProbe probe;
    private final HostWords words;
    private final Vanished vanished;

    public Builds(Tools tools, CapabilityProbe probe, HostWords words) {
        this(tools, probe, words, Revival.NONE);
    }

    public Builds(Tools tools, CapabilityProbe probe, HostWords words, Revival revival) {
        this.tools = tools;
        this.probe = probe;
        this.words = words;
        this.vanished = probe.vanished(revival, words);
    }

    /** What stands before a build: a plan, or why there is none. */
    public sealed interface Prepared {}

    /**
     * Everything is known; nothing has been run.
     *
     * @param notes what a person should know
     */
    public record Ready(BuildRequest request, Capabilities capabilities, List<String> notes) implements Prepared {
        public Ready {
            notes = List.copyOf(notes);
        }

        public Ready(BuildRequest request, Capabilities capabilities) {
            this(request, capabilities, List.of());
        }

        /** The same, without what earlier runs showed to be of no use. */
        public Ready without(Retrying.Without what) {
            return new Ready(what.of(request), capabilities, notes);
        }

        /** The same for another request, with one more thing that a person should know. */
        Ready with(BuildRequest other, String note) {
            return new Ready(
                    other,
                    capabilities,
                    Stream.concat(notes.stream(), Stream.of(note)).toList());
        }
    }

    /** There is nothing to build with. */
    public record Unusable(BuilderFailure failure) implements Prepared {}

    /**
     * Finds out what there is to build with and binds the {@code cache} shorthand. A builder that vanished is made again for a
     * build that is not only shown, unless it is not to be tried twice.
     */
    public Prepared prepare(BuildRequest request, CacheScope scope, CapabilityProbe.Depth depth)
            throws InterruptedException {
        BuildRequest bound = bind(request, scope);
        Vanished.Before builder = depth == CapabilityProbe.Depth.NEEDED
                ? vanished.before(request.means(), request.patience())
                : Vanished.Before.NOTHING;
        if (builder.failure().isPresent()) {
            return new Unusable(builder.failure().get());
        }
        CapabilityProbe.Answer answer = probe.probe(bound, depth);
        return answer instanceof CapabilityProbe.Probed probed
                ? new Ready(
                        bound, probed.capabilities(), builder.note().stream().toList())
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
     * Takes the cache service that a build asks for into use, at an address that its builder reaches. A build that cannot
     * have it is built without a cache, with one note that says why.
     *
     * @param asks for a pass; only asked where the build needs one
     * @param end ends a pass; must not fail
     */
    public OpenedCache open(Ready ready, CacheScope scope, Asking asks, Consumer<CachePass> end)
            throws InterruptedException {
        return ready.request().caching().needsPass()
                ? OpenedCache.open(
                        ready,
                        scope,
                        asks.ask(),
                        new OpenedCache.Opening(new ServiceProbe(tools, probe.reachedAddresses()), end),
                        words)
                : OpenedCache.none(ready);
    }

    /** Asks a cache service for a pass. */
    @FunctionalInterface
    public interface Asking {
        CachePasses.Answer ask() throws InterruptedException;
    }

    /**
     * The same build with the cache service that it was begun with, in another process.
     *
     * @param service empty where it was begun without
     * @param notes what it was noted then
     */
    public static Ready again(Ready ready, CacheScope scope, Optional<ServiceCache> service, List<String> notes) {
        BuildRequest request = ready.request();
        if (!request.caching().needsPass()) {
            return ready;
        }
        BuildRequest same = service.isPresent()
                ? OpenedCache.bound(request, scope, service.get())
                : request.withCaching(request.caching().with(List.of(), List.of()));
        return new Ready(same, ready.capabilities(), notes);
    }

    /**
     * Carries out the build, and runs it again after failures that may pass: see {@link Retrying}.
     *
     * @param view shows a run of it meanwhile; asked when there is something to show, and closed at its end
     */
    public Finished run(Ready ready, Supplier<ProgressView> view, Redactor redactor) throws InterruptedException {
        Instant began = tools.clock().instant();
        return attempts(view, began).run(ready, without -> once(ready.without(without), view, redactor, began));
    }

    Attempts attempts(Supplier<ProgressView> view, Instant began) {
        return new Attempts(vanished, view, tools.clock(), began);
    }

    private Finished once(Ready ready, Supplier<ProgressView> view, Redactor redactor, Instant began)
            throws InterruptedException {
        try (Workspace workspace = tools.workspaces().open()) {
            Begun begun = begin(ready, workspace, view, redactor, began);
            if (begun instanceof NotBegun none) {
                return none.finished();
            }
            try (BuildxRun run = ((UnderWay) begun).run()) {
                Optional<Duration> left = ready.request().patience().timeout().map(limit -> limit.minus(since(began)));
                return run.end(StallWatch.run(run, tools.processes(), left));
            }
        } catch (IOException e) {
            return Finished.noRoom(ready, e, words, since(began));
        }
    }

    /** What stands after a build was begun. */
    public sealed interface Begun {}

    /** Its client can be started; the caller runs it, tells what it says, and closes this. */
    public record UnderWay(BuildxRun run) implements Begun {}

    /** It cannot be carried out; nothing was made. */
    public record NotBegun(Finished finished) implements Begun {}

    /**
     * Writes all that the client needs, for a caller that runs it itself.
     *
     * @param workspace holds these files; the caller closes it after the build, which may be in another process
     * @param view asked at most once, on the first line
     * @param began the build, with all its runs
     */
    public Begun begin(
            Ready ready, Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began) {
        Begun begun = takeUp(ready, new BuildxRun.Start(workspace, view, redactor, began));
        if (begun instanceof UnderWay underWay) {
            try {
                underWay.run().writeFiles();
            } catch (IOException e) {
                underWay.run().close();
                return new NotBegun(Finished.noRoom(ready, e, words, since(began)));
            }
        }
        return begun;
    }

    /**
     * Takes up a build again whose client was started by another process from {@link #begin}.
     *
     * @param ready as it was then: found out from the same inputs
     * @param workspace the one it was begun in
     * @param began when it was
     */
    public Begun resume(
            Ready ready, Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began) {
        return takeUp(ready, new BuildxRun.Start(workspace, view, redactor, began));
    }

    private Begun takeUp(Ready ready, BuildxRun.Start start) {
        RunPlace place = new RunPlace(
                start.directory().toString(), start.directory().getFileName().toString());
        Planned planned = BuildPlanner.plan(ready.request(), ready.capabilities(), place, words);
        return planned instanceof Planned.Refused refused
                ? new NotBegun(Finished.notRun(ready, refused.obstacles(), words, since(start.began())))
                : new UnderWay(new BuildxRun(tools, this, ready, ((Planned.Ready) planned).plan(), start));
    }

    private Duration since(Instant began) {
        return Duration.between(began, tools.clock().instant());
    }

    HostWords words() {
        return words;
    }

    Vanished vanished() {
        return vanished;
    }

    /**
     * All about the builder, asked beside the build when the plan did without and the report can use it, which is for
     * platforms that are asked for: it costs two cores that build a tenth of a second.
     */
    Capabilities more(Ready ready) throws InterruptedException {
        BuilderFacts builder = ready.capabilities().builder();
        boolean ofThisMachine = builder.driver().equals(Optional.of(Driver.DOCKER))
                || builder.driver().equals(Optional.of(Driver.DOCKER_CONTAINER));
        List<Platform> platforms = ready.request().platforms();
        boolean nothingToTell = platforms.isEmpty() || (ofThisMachine && allNative(platforms));
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

    /** By platform, read back from the registry, or by buildctl from the daemon that pushed; empty where there is nothing to tell apart. */
    Map<Platform, String> digests(Ready ready, Metadata metadata) throws InterruptedException {
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
        String digest = metadata.digest().get();
        Optional<Map<Platform, String>> digests = ready.capabilities().client() instanceof Capabilities.Buildctl client
                ? new Buildctl(tools.processes(), client.command())
                        .blob(client.daemon(), digest)
                        .flatMap(ImageIndex::parse)
                : new PushedDigests(
                                tools.processes(),
                                ready.capabilities().client().command(),
                                ready.request().builder())
                        .read(metadata.names().get(0), digest);
        return digests.orElse(Map.of());
    }
}

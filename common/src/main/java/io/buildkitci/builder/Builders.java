package io.buildkitci.builder;

import io.buildkitci.builder.BuilderStore.Stored;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes builders, or takes those that are there, and removes them. The person's current builder is left alone unless
 * something else is asked for. Safe for use by several threads, for builders of different names.
 */
public final class Builders {
    private final EndpointTrial endpoints;
    private final EngineBuilder engine;
    private final BuilderMaker maker;
    private final BuilderRemover remover;
    private final CurrentBuilder current;
    private final TlsContext context;
    private final NodeLogs logs;
    private final Leftovers leftovers;
    private final BuilderStore store;
    private final Optional<BuilderNotes> notes;

    public Builders(
            ProcessRunner runner,
            Clients clients,
            BuilderStore store,
            Workspaces workspaces,
            Reachability reachability,
            HostWords words) {
        this(runner, clients, store, workspaces, reachability, words, Optional.empty());
    }

    /** @param notes where builders are noted when they are made; empty for a host that keeps a ledger of its own */
    public Builders(
            ProcessRunner runner,
            Clients clients,
            BuilderStore store,
            Workspaces workspaces,
            Reachability reachability,
            HostWords words,
            Optional<BuilderNotes> notes) {
        BuildxCli buildx = new BuildxCli(runner, clients.buildx(), clients.environment());
        BuilderProbe probe = new BuilderProbe(buildx);
        DockerCli docker = new DockerCli(runner, clients);
        this.leftovers = new Leftovers(docker);
        this.store = store;
        this.logs = new NodeLogs(docker);
        this.context = new TlsContext(docker, store);
        this.endpoints = new EndpointTrial(runner, clients.environment(), reachability);
        this.current = new CurrentBuilder(buildx, store);
        this.engine = new EngineBuilder(probe, store);
        this.remover = new BuilderRemover(buildx, probe, store, leftovers, current, context);
        this.maker = new BuilderMaker(
                buildx, clients.version(), workspaces, store.files(), leftovers, remover, words, notes);
        this.notes = notes;
    }

    /**
     * The name that the builder will have: the one asked for, or one made up that no other builder has. A host that has
     * to remove the builder later, even when this process is killed, notes it before {@link #create(BuilderSpec, String,
     * Duration, LineListener)}.
     */
    public static String nameFor(BuilderSpec spec) {
        return spec.name()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElseGet(() -> "buildkit-ci-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** As {@link #create(BuilderSpec, String, Duration, LineListener)}, under a name that is told afterwards. */
    public Creation create(BuilderSpec spec, Duration limit, LineListener progress) throws InterruptedException {
        return create(spec, nameFor(spec), limit, progress);
    }

    /**
     * Makes a builder, or takes the one of that name if it is just what is asked for. One that does not start is removed
     * again, also when the calling thread is interrupted.
     *
     * <p>Where the engine is one that variables name and that wants TLS, the builder gets a Docker context of its own,
     * with copies of the certificates; {@link #remove} takes it away again.
     *
     * @param name of {@link #nameFor}; passed over for the docker driver, which makes nothing
     * @param limit how long it may take to start; its image may have to be pulled
     * @param progress told what buildx says while the builder starts
     */
    public Creation create(BuilderSpec spec, String name, Duration limit, LineListener progress)
            throws InterruptedException {
        if (spec.name().isPresent() && !name.equals(nameFor(spec))) {
            throw new IllegalArgumentException("builder '" + spec.name().get() + "' under the name '" + name + "'");
        }
        if (spec.driver() == Driver.BUILDKITD) {
            return new Creation.Failed(
                    new BuilderFailure(
                            BuilderFailure.Reason.NOT_ACCEPTED,
                            "a builder of driver buildkitd cannot be made here",
                            "take driver docker-container, or driver remote for a buildkitd that runs",
                            List.of()),
                    List.of());
        }
        Optional<BuilderFailure> unreachable = endpoints.unreachable(spec);
        if (unreachable.isPresent()) {
            return new Creation.Failed(unreachable.get(), List.of());
        }
        Creation creation = spec.driver() == Driver.DOCKER ? engine.check(spec) : make(spec, name, limit, progress);
        return spec.use() ? used(creation) : creation;
    }

    private Creation make(BuilderSpec spec, String name, Duration limit, LineListener progress)
            throws InterruptedException {
        if (!context.isNeeded(spec)) {
            return kept(spec, maker.make(spec, name, limit, progress));
        }
        try {
            Optional<BuilderFailure> noContext = context.make(name);
            Creation creation = noContext.isPresent()
                    ? new Creation.Failed(noContext.get(), List.of())
                    : maker.make(TlsContext.bind(spec, name), name, limit, progress);
            boolean made = creation instanceof Creation.Created || creation instanceof Creation.Reused;
            return made || remembers(name) ? kept(spec, creation) : with(creation, context.sweep(name));
        } catch (InterruptedException e) {
            if (!remembers(name)) {
                context.sweep(name);
            }
            throw e;
        }
    }

    private Creation kept(BuilderSpec spec, Creation creation) {
        if (creation instanceof Creation.Created created) {
            notes.ifPresent(noted -> noted.made().keep(created.builder().name(), spec));
        } else if (creation instanceof Creation.Reused reused) {
            notes.ifPresent(noted -> noted.made().isShared(reused.builder().name()));
        }
        return creation;
    }

    private static Creation with(Creation creation, List<String> left) {
        return creation instanceof Creation.Failed failed
                ? new Creation.Failed(
                        failed.failure(),
                        Stream.concat(failed.left().stream(), left.stream())
                                .distinct()
                                .toList())
                : creation;
    }

    private boolean remembers(String name) {
        return store.read(name).isPresent();
    }

    /**
     * Whether there is anything of such a builder to remove: buildx remembers it, or a context of its own is there. Read
     * from files, in under a millisecond; of a builder that buildx remembers in a way we do not know, nothing is seen.
     */
    public boolean exists(String name) {
        String builder = name.toLowerCase(Locale.ROOT);
        return remembers(builder) || context.isThere(builder);
    }

    /**
     * What the daemons of a docker-container builder wrote last, a few hundred lines for each node; empty for other
     * builders, which have their logs elsewhere, and where there is no docker program.
     */
    public List<NodeLog> logs(String name) throws InterruptedException {
        Optional<Stored> builder = store.read(name);
        return builder.isPresent() ? logs.read(builder.get()) : List.of();
    }

    /**
     * Removes a builder with its containers, and with its state unless that is to be kept. When it was the current
     * builder, another one becomes it.
     *
     * @param previous the builder to become the current one then; empty means the engine's own
     */
    public Removal remove(String name, boolean keepState, Optional<String> previous) throws InterruptedException {
        return forgotten(remover.remove(name.toLowerCase(Locale.ROOT), keepState, previous), name);
    }

    /**
     * Removes the containers of a docker-container builder that buildx does not remember here, with their state unless that
     * is to be kept: what is left when the machine or the directory is gone that it was made from. They are known by the
     * names that buildx gives to nodes which have none of their own.
     *
     * @param name as {@link #nameFor} made it: anything with that name is taken for the builder's
     */
    public Removal removeForgotten(String name, boolean keepState) throws InterruptedException {
        return forgotten(remover.removeForgotten(name.toLowerCase(Locale.ROOT), keepState), name);
    }

    private Removal forgotten(Removal removal, String name) {
        if (removal instanceof Removal.Removed || removal instanceof Removal.Unknown) {
            forget(name);
        }
        return removal;
    }

    private void forget(String name) {
        notes.ifPresent(noted -> noted.made().forget(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Makes a builder again that somebody removed, as it was made here, without what it had built.
     *
     * @param seen {@link BuilderStore#mark} of it when it was last there; empty when it has not been seen
     * @param limit as for {@link #create(BuilderSpec, String, Duration, LineListener)}
     */
    public Revived revive(String name, Optional<String> seen, Duration limit) throws InterruptedException {
        Optional<Stored> stored = store.read(name);
        if (stored.isPresent()) {
            boolean container = stored.get().driver().equals(Driver.DOCKER_CONTAINER.render());
            return new Revived.Remembered(
                    container ? leftovers.missing(stored.get().nodes()) : List.of());
        }
        Optional<MadeBuilder> made = notes.flatMap(noted -> noted.made().find(name.toLowerCase(Locale.ROOT), seen));
        Optional<BuilderSpec> spec = made.flatMap(MadeBuilder::spec);
        if (spec.isEmpty()) {
            return new Revived.NotKnown(made.isPresent());
        }
        Creation creation = create(spec.get(), limit, (stream, line) -> {});
        made.flatMap(MadeBuilder::job)
                .ifPresent(job -> notes.orElseThrow().made().belongsTo(job, name.toLowerCase(Locale.ROOT)));
        return Revived.from(creation);
    }

    /**
     * Notes that a builder which was made here ends with the job that this process is a part of, so that it is removed when that
     * was cut off. Nothing is noted where the runner is not to be seen from here.
     *
     * @param files to remove with it
     */
    public void endsWithJob(String name, boolean keepState, List<String> files) {
        BuilderJob.here(store.files(), keepState, files)
                .ifPresent(job -> notes.ifPresent(noted -> noted.made().belongsTo(job, name)));
    }

    /**
     * Names of builders whose maker was killed, or whose job was cut off.
     *
     * @param dead private directories of such that are not removed yet
     */
    public List<String> leftBehind(List<Path> dead) {
        return notes.map(noted -> new LeftBehindBuilders(noted, store.files()).names(dead))
                .orElse(List.of());
    }

    /**
     * Removes the builders of {@link #leftBehind}, and no others; those that cannot be removed stay noted. To be called when the
     * private directories of the dead have been removed, which opening one does.
     */
    public List<Removal> removeLeftBehind() throws InterruptedException {
        return notes.isPresent() ? new LeftBehindBuilders(notes.get(), store.files()).remove(this) : List.of();
    }

    /** It becomes the current builder last, when it runs: a creation that fails never changes which one is. */
    private Creation used(Creation creation) throws InterruptedException {
        if (creation instanceof Creation.Created created) {
            String name = created.builder().name();
            Optional<String> before = current.before(name);
            Optional<BuilderFailure> failure = current.become(name);
            if (failure.isPresent()) {
                forget(name);
                return new Creation.Failed(failure.get(), remover.undo(name, false));
            }
            return new Creation.Created(created.builder(), before);
        }
        if (creation instanceof Creation.Reused reused) {
            Optional<String> before = current.before(reused.builder().name());
            Optional<BuilderFailure> failure = current.become(reused.builder().name());
            return failure.isPresent()
                    ? new Creation.Failed(failure.get(), List.of())
                    : new Creation.Reused(reused.builder(), before);
        }
        return creation;
    }
}

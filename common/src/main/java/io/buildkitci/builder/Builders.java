package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces;
import io.buildkitci.words.HostWords;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes builders, or takes those that are there, and removes them. The person's current builder is left alone unless
 * something else is asked for. Safe for use by several threads, for builders of different names.
 */
public final class Builders {
    private final Reachability reachability;
    private final EngineBuilder engine;
    private final BuilderMaker maker;
    private final BuilderRemover remover;
    private final CurrentBuilder current;

    public Builders(
            ProcessRunner runner,
            Clients clients,
            BuilderStore store,
            Workspaces workspaces,
            Reachability reachability,
            HostWords words) {
        BuildxCli buildx = new BuildxCli(runner, clients.buildx(), clients.environment());
        BuilderProbe probe = new BuilderProbe(buildx);
        Leftovers leftovers = new Leftovers(runner, clients.docker(), clients.environment());
        this.reachability = reachability;
        this.current = new CurrentBuilder(buildx, store);
        this.engine = new EngineBuilder(probe, store);
        this.remover = new BuilderRemover(buildx, probe, store, leftovers, current);
        this.maker = new BuilderMaker(buildx, clients.version(), workspaces, leftovers, remover, words);
    }

    /**
     * Makes a builder, or takes the one of that name if it is just what is asked for. One that does not start is removed
     * again, also when the calling thread is interrupted.
     *
     * @param limit how long it may take to start; its image may have to be pulled
     * @param progress told what buildx says while the builder starts
     */
    public Creation create(BuilderSpec spec, Duration limit, LineListener progress) throws InterruptedException {
        Optional<BuilderFailure> unreachable = unreachable(spec);
        if (unreachable.isPresent()) {
            return new Creation.Failed(unreachable.get(), List.of());
        }
        Creation creation = spec.driver() == Driver.DOCKER ? engine.check(spec) : maker.make(spec, limit, progress);
        return spec.use() ? used(creation) : creation;
    }

    /**
     * Removes a builder with its containers, and with its state unless that is to be kept. When it was the current
     * builder, another one becomes it.
     *
     * @param previous the builder to become the current one then; empty means the engine's own
     */
    public Removal remove(String name, boolean keepState, Optional<String> previous) throws InterruptedException {
        return remover.remove(name.toLowerCase(Locale.ROOT), keepState, previous);
    }

    private Optional<BuilderFailure> unreachable(BuilderSpec spec) throws InterruptedException {
        if (spec.driver() != Driver.REMOTE) {
            return Optional.empty();
        }
        for (NodeSpec node : spec.nodes()) {
            String endpoint = node.endpoint().orElse("");
            Optional<String> why = RemoteEndpoint.parse(endpoint).whyUnreachable(reachability);
            if (why.isPresent()) {
                String what = "no buildkitd can be reached at " + endpoint;
                return Optional.of(BuilderFailure.of(BuilderFailure.Reason.UNREACHABLE, what, why.get()));
            }
        }
        return Optional.empty();
    }

    /** It becomes the current builder last, when it runs: a creation that fails never changes which one is. */
    private Creation used(Creation creation) throws InterruptedException {
        if (creation instanceof Creation.Created created) {
            String name = created.builder().name();
            Optional<String> before = current.before(name);
            Optional<BuilderFailure> failure = current.become(name);
            return failure.isPresent()
                    ? new Creation.Failed(failure.get(), remover.undo(name, false))
                    : new Creation.Created(created.builder(), before);
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

package io.buildkitci.builder;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderStore.Stored;
import io.buildkitci.builder.BuilderStore.StoredNode;
import io.buildkitci.builder.Leftovers.Sweep;
import io.buildkitci.model.Driver;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Removes builders and checks that nothing of them is left. */
final class BuilderRemover {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final BuildxCli buildx;
    private final BuilderProbe probe;
    private final BuilderStore store;
    private final Leftovers leftovers;
    private final CurrentBuilder current;
    private final TlsContext context;

    BuilderRemover(
            BuildxCli buildx,
            BuilderProbe probe,
            BuilderStore store,
            Leftovers leftovers,
            CurrentBuilder current,
            TlsContext context) {
        this.buildx = buildx;
        this.probe = probe;
        this.store = store;
        this.leftovers = leftovers;
        this.current = current;
        this.context = context;
    }

    Removal remove(String name, boolean keepState, Optional<String> previous) throws InterruptedException {
        Removal removal = removeBuilder(name, keepState, previous);
        if (removal instanceof Removal.Failed failed) {
            return new Removal.Failed(failed.failure(), with(failed.left(), context.left(name)));
        }
        List<String> left = removal instanceof Removal.Refused ? List.of() : context.sweep(name);
        return left.isEmpty() ? removal : new Removal.Failed(notAll(name), left);
    }

    private static List<String> with(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Removal removeBuilder(String name, boolean keepState, Optional<String> previous)
            throws InterruptedException {
        Optional<Stored> stored = store.read(name);
        if (stored.isPresent()) {
            return remove(stored.get(), keepState, previous);
        }
        BuilderProbe.Answer answer = probe.inspect(Optional.of(name));
        if (answer instanceof BuilderProbe.Failed failed) {
            return new Removal.Failed(failed.failure(), List.of());
        }
        return answer instanceof BuilderProbe.Known known
                ? remove(stored(known.builder()), keepState, previous)
                : new Removal.Unknown(name);
    }

    /** Removes a builder of our own that did not come to be; what cannot be removed is returned. */
    List<String> undo(String name, boolean keepState) throws InterruptedException {
        Removal removal = remove(name, keepState, Optional.empty());
        if (removal instanceof Removal.Failed failed) {
            String where = forgotten(name) ? "what there may be of builder " : "builder ";
            return failed.left().isEmpty() ? List.of(where + name) : failed.left();
        }
        return List.of();
    }

    private Removal remove(Stored builder, boolean keepState, Optional<String> previous) throws InterruptedException {
        String name = builder.name();
        if (builder.driver().equals(Driver.DOCKER.render()) || builder.driver().isEmpty()) {
            return new Removal.Refused(name, "it belongs to the Docker context of that name");
        }
        boolean wasCurrent = current.is(name);
        Captured said = buildx.run(LIMIT, keepState ? List.of("rm", "--keep-state", name) : List.of("rm", name));
        boolean container = builder.driver().equals(Driver.DOCKER_CONTAINER.render());
        Sweep sweep = container ? leftovers.sweep(builder.nodes(), keepState) : new Sweep(List.of(), List.of(), true);
        if (!said.succeeded() && !(container && sweep.verified() && sweep.left().isEmpty() && forgotten(name))) {
            return new Removal.Failed(
                    BuilderFailure.of(said, Reason.NOT_REMOVED, "builder " + name + " was not removed"), sweep.left());
        }
        Optional<BuilderFailure> notRestored = wasCurrent ? current.restore(previous) : Optional.empty();
        return notRestored.isPresent() ? new Removal.Failed(notRestored.get(), sweep.left()) : removed(name, sweep);
    }

    private static Removal removed(String name, Sweep sweep) {
        if (sweep.left().isEmpty()) {
            return new Removal.Removed(name, sweep.forced(), sweep.verified());
        }
        return new Removal.Failed(notAll(name), sweep.left());
    }

    private static BuilderFailure notAll(String name) {
        return BuilderFailure.of(
                Reason.NOT_REMOVED, "builder " + name + " is removed, but not all that belonged to it");
    }

    Removal removeForgotten(String name, boolean keepState) throws InterruptedException {
        Optional<List<StoredNode>> nodes = leftovers.nodes(name);
        if (nodes.isEmpty()) {
            return new Removal.Failed(
                    BuilderFailure.of(
                            Reason.NO_ENGINE, "it cannot be seen whether anything of builder " + name + " is left"),
                    List.of());
        }
        if (nodes.get().isEmpty()) {
            return new Removal.Unknown(name);
        }
        return removed(name, leftovers.sweep(nodes.get(), keepState));
    }

    /** buildx forgets a builder even where it could not remove its container. */
    private boolean forgotten(String name) {
        return store.read(name).isEmpty();
    }

    private static Stored stored(Inspection builder) {
        List<StoredNode> nodes = new ArrayList<>();
        builder.nodes().forEach(n -> nodes.add(new StoredNode(n.name(), n.endpoint())));
        return new Stored(builder.name(), builder.driver(), nodes);
    }
}

package io.buildkitci.action.host;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderNotes;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Clients;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.NodeLog;
import io.buildkitci.builder.Removal;
import io.buildkitci.builder.Revived;
import io.buildkitci.daemon.Daemons;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.LineListener;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What makes and removes builders here: buildx where there is one, and, for driver buildkitd, ourselves. */
public final class BuilderClients {
    /** How long a builder may take to start: its image may have to be pulled first. */
    public static final Duration BOOT = Duration.ofMinutes(5);

    private final Optional<Builders> builders;
    private final Daemons daemons;
    private final Optional<BuilderFailure> noBuildx;

    private BuilderClients(Optional<Builders> builders, Daemons daemons, Optional<BuilderFailure> noBuildx) {
        this.builders = builders;
        this.daemons = daemons;
        this.noBuildx = noBuildx;
    }

    /** @param words of the host, for advice */
    public static BuilderClients of(Host host, HostWords words) {
        ClientEnvironment environment = host.clients();
        Daemons daemons = daemons(host, words);
        BuildxFinder finder = new BuildxFinder(host.tools().files(), environment);
        BuildxFinder.Finding finding = finder.find(host.buildxProgram());
        if (finding instanceof BuildxFinder.Missing missing) {
            return new BuilderClients(
                    Optional.empty(), daemons, Optional.of(BuilderFailure.noBuildx(missing.looked())));
        }
        List<String> command = ((BuildxFinder.Found) finding).command();
        Clients clients =
                new Clients(command, Optional.empty(), finder.docker().map(d -> List.of(d.toString())), Map.of());
        Builders builders = new Builders(
                host.tools().processes(),
                clients,
                new BuilderStore(host.tools().files(), environment),
                host.tools().workspaces(),
                host.tools().reachability(),
                words,
                Optional.of(new BuilderNotes(
                        host.tools().files(), environment, host.tools().clock())));
        return new BuilderClients(Optional.of(builders), daemons, Optional.empty());
    }

    static Daemons daemons(Host host, HostWords words) {
        return new Daemons(
                host.tools().processes(),
                host.tools().files(),
                host.clients(),
                host.tools().reachability(),
                words);
    }

    /** As {@link Builders#create(BuilderSpec, String, Duration, LineListener)}, for every driver. */
    public Creation create(BuilderSpec spec, String name, Duration limit, LineListener progress)
            throws InterruptedException {
        if (spec.driver() == Driver.BUILDKITD) {
            return daemons.create(spec, name, OptionalLong.empty(), limit);
        }
        if (builders.isEmpty()) {
            return new Creation.Failed(noBuildx.orElseThrow(), List.of());
        }
        builders.get().removeLeftBehind();
        return builders.get().create(spec, name, limit, progress);
    }

    /** As {@link Builders#revive}; a buildkitd of our own is none of those that others remove. */
    public Revived revive(String name, Optional<String> seen) throws InterruptedException {
        return builders.isPresent() ? builders.get().revive(name, seen, BOOT) : new Revived.NotKnown(false);
    }

    /** As {@link Builders#endsWithJob}, for every driver. */
    public void endsWithJob(String name, boolean keepState, List<String> files) {
        daemons.endsWithJob(name, keepState, files);
        builders.ifPresent(buildx -> buildx.endsWithJob(name, keepState, files));
    }

    /** As {@link Builders#leftBehind}, for every driver. */
    public List<String> leftBehind(List<Path> dead) {
        List<String> left = new ArrayList<>(daemons.leftBehind());
        builders.ifPresent(buildx -> left.addAll(buildx.leftBehind(dead)));
        return left;
    }

    /** As {@link Builders#removeLeftBehind}, for every driver. */
    public List<Removal> removeLeftBehind() throws InterruptedException {
        List<Removal> removals = new ArrayList<>(daemons.removeLeftBehind());
        if (builders.isPresent()) {
            removals.addAll(builders.get().removeLeftBehind());
        }
        return removals;
    }

    /** As {@link Builders#exists}, for every driver. */
    public boolean exists(String name) {
        return daemons.exists(name)
                || builders.filter(buildx -> buildx.exists(name)).isPresent();
    }

    /** As {@link Builders#logs}. */
    public List<NodeLog> logs(String name) throws InterruptedException {
        return builders.isPresent() ? builders.get().logs(name) : List.of();
    }

    /** As {@link Builders#remove}, for every driver. */
    public Removal remove(String name, boolean keepState, Optional<String> previous) throws InterruptedException {
        if (daemons.exists(name)) {
            return daemons.remove(name, keepState);
        }
        return builders.isPresent()
                ? builders.get().remove(name, keepState, previous)
                : new Removal.Failed(noBuildx.orElseThrow(), List.of());
    }
}

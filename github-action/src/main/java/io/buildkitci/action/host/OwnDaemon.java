package io.buildkitci.action.host;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.daemon.Daemons;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.Driver;
import io.buildkitci.words.HostWords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The buildkitd of one build: started for it, ended and removed after it, and also when this process is killed. Where
 * {@code BUILDKIT_HOST} names one that runs, that is taken and left alone.
 */
public final class OwnDaemon {
    private static final Duration START = Duration.ofSeconds(60);

    private OwnDaemon() {}

    /** A build with a builder. */
    public interface Build {
        int run(BuildRequest request) throws InterruptedException;
    }

    /** What a host says of what could not be started or removed. */
    public interface Teller {
        int notStarted(BuilderFailure failure);

        void notRemoved(BuilderFailure failure, List<String> left);
    }

    /** Runs the build, with a daemon of its own if that is asked for. */
    public static int around(BuildRequest request, Host host, HostWords words, Teller teller, Build build)
            throws InterruptedException {
        if (!request.means().ownDaemon()) {
            return build.run(request);
        }
        if (host.clients().buildkitHost().isPresent()) {
            return build.run(request.withMeans(new Means(Optional.empty(), ClientChoice.BUILDCTL, false)));
        }
        Daemons daemons = BuilderClients.daemons(host, words);
        BuilderSpec spec = spec(request);
        String name = Builders.nameFor(spec);
        OptionalLong owner = OptionalLong.of(ProcessHandle.current().pid());
        Creation creation = daemons.create(spec, name, owner, START);
        if (!(creation instanceof Creation.Created)) {
            return teller.notStarted(((Creation.Failed) creation).failure());
        }
        try {
            return build.run(request.withBuilder(name));
        } finally {
            remove(daemons, name, teller);
        }
    }

    /** It may do what the build asks for: nobody else builds there. */
    private static BuilderSpec spec(BuildRequest request) {
        List<String> flags = List.of(
                "--allow-insecure-entitlement", "security.insecure", "--allow-insecure-entitlement", "network.host");
        NodeSpec node = new NodeSpec(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                request.sandbox().allow().isEmpty()
                                && request.sandbox().network().isEmpty()
                        ? List.of()
                        : flags);
        return new BuilderSpec(Optional.empty(), Driver.BUILDKITD, List.of(node), Optional.empty(), false, true);
    }

    /** A build that was stopped has its daemon removed too; whoever stops us again cuts that short. */
    private static void remove(Daemons daemons, String name, Teller teller) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        if (daemons.remove(name, false) instanceof Removal.Failed failed) {
            teller.notRemoved(failed.failure(), failed.left());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.daemon.Daemon;
import io.buildkitci.daemon.DaemonStore;
import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.process.HostFiles;
import java.util.List;
import java.util.Optional;

/** Whether a build is for buildx or for buildctl, and which daemon buildctl talks to: see ADR 17. */
final class DaemonChoice {
    /** Of a daemon that is started when the build is, in a plan that is shown. */
    static final DaemonAddress NOT_YET = DaemonAddress.of("unix://$DAEMON/buildkitd.sock");

    private final ClientEnvironment environment;
    private final DaemonStore daemons;
    private final BuilderStore builders;

    DaemonChoice(HostFiles files, ClientEnvironment environment) {
        this.environment = environment;
        this.daemons = new DaemonStore(files, environment);
        this.builders = new BuilderStore(files, environment);
    }

    /** What a build is for. */
    sealed interface Choice {}

    /** A builder of buildx's. */
    record ForBuildx() implements Choice {}

    /** A daemon that buildctl talks to. */
    record ForBuildctl(String name, Driver driver, DaemonAddress daemon) implements Choice {}

    /** There is none that the client asked for can reach. */
    record Neither(BuilderFailure failure) implements Choice {}

    Choice of(Means means, BuildxFinder.Finding buildx) {
        if (means.ownDaemon()) {
            return new ForBuildctl("", Driver.BUILDKITD, NOT_YET);
        }
        if (means.client() == ClientChoice.BUILDX && means.builder().isEmpty()) {
            return new ForBuildx();
        }
        Optional<Daemon> own = daemons.find(means.builder());
        return switch (means.client()) {
            case BUILDX -> forBuildx(own);
            case BUILDCTL -> fromEnvironment(means).or(() -> ours(own)).orElseGet(() -> ofBuildx(means.builder()));
            case DOCKER -> new ForBuildx(); // decided before
            case AUTO ->
                ours(own)
                        .or(() -> buildx instanceof BuildxFinder.Missing ? fromEnvironment(means) : Optional.empty())
                        .orElseGet(ForBuildx::new);
        };
    }

    private static Choice forBuildx(Optional<Daemon> own) {
        return own.isPresent()
                ? new Neither(new BuilderFailure(
                        Reason.NO_BUILDER,
                        "builder '" + own.get().name() + "' is a buildkitd without Docker, which buildx does not know",
                        "leave the client to be chosen, or name buildctl",
                        List.of()))
                : new ForBuildx();
    }

    private static Optional<Choice> ours(Optional<Daemon> own) {
        return own.map(daemon -> new ForBuildctl(daemon.name(), Driver.BUILDKITD, daemon.address()));
    }

    private Optional<Choice> fromEnvironment(Means means) {
        return environment
                .buildkitHost()
                .filter(host -> means.builder().isEmpty())
                .map(host -> new ForBuildctl(host, Driver.BUILDKITD, DaemonAddress.of(host)));
    }

    /** A builder that buildx made, where buildctl can reach its one node too. */
    private Choice ofBuildx(Optional<String> named) {
        Optional<String> name = named.or(builders::current);
        Optional<DaemonAddress> address = name.flatMap(builders::addressOf);
        if (address.isPresent()) {
            return new ForBuildctl(name.orElse(""), builders.driverOf(name).orElse(Driver.REMOTE), address.get());
        }
        return new Neither(BuilderFailure.of(
                Reason.NO_DAEMON,
                name.map(n -> "buildctl cannot reach builder '" + n + "'")
                        .orElse("buildctl was asked for, and no daemon")));
    }
}

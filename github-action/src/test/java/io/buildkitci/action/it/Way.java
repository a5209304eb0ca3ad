package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.buildkitci.model.Driver;
import io.buildkitci.plan.Setup;
import java.io.IOException;
import java.util.List;

/** The ways to get BuildKit on this machine, each with the column of {@code docs/drivers.md} that says what it can. */
enum Way {
    ENGINE(TESTBED.value("docker.containerd").equals("true") ? Setup.ENGINE_ON_CONTAINERD : Setup.ENGINE),
    CONTAINER(Setup.CONTAINER),
    SOCKET(Setup.REMOTE),
    TCP_WITH_CERTIFICATES(Setup.REMOTE),
    BUILDCTL(Setup.BUILDCTL),
    ROOTLESS(Setup.BUILDCTL);

    private final Setup setup;

    Way(Setup setup) {
        this.setup = setup;
    }

    Setup setup() {
        return setup;
    }

    /** A builder, and the daemon that somebody runs for it. */
    record Opened(Builder builder, List<OwnBuildkitd> daemons) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            builder.close();
            for (OwnBuildkitd daemon : daemons) {
                daemon.close();
            }
        }
    }

    Opened open() throws IOException, InterruptedException {
        return switch (this) {
            case ENGINE -> alone(Builder.of(Driver.DOCKER));
            case CONTAINER -> alone(Builder.of(Driver.DOCKER_CONTAINER));
            case BUILDCTL -> alone(Builder.of(Driver.BUILDKITD));
            case ROOTLESS -> alone(Builder.rootless());
            case SOCKET -> at(OwnBuildkitd.onASocket());
            case TCP_WITH_CERTIFICATES -> at(OwnBuildkitd.overTls());
        };
    }

    private static Opened alone(Builder builder) {
        return new Opened(builder, List.of());
    }

    private static Opened at(OwnBuildkitd daemon) {
        return new Opened(Builder.of(Driver.REMOTE, daemon.definition()), List.of(daemon));
    }
}

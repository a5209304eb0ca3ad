package io.buildkitci.daemon;

import io.buildkitci.builder.RemoteEndpoint;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.process.Reachability;
import java.util.Optional;

/** Tries addresses of daemons without a client, which would wait long for nobody. */
public final class Addresses {
    private Addresses() {}

    /** Why nobody can be reached there; empty when somebody can or when only a client can tell. */
    public static Optional<String> whyUnreachable(DaemonAddress daemon, Reachability reachability)
            throws InterruptedException {
        return RemoteEndpoint.parse(daemon.url()).whyUnreachable(reachability);
    }
}

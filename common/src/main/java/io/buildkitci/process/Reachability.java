package io.buildkitci.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Tries whether a gRPC server may be at an address, as buildkitd is one. Safe for use by several threads. */
public interface Reachability {
    /**
     * Tries every address of a host, one after the other.
     *
     * @param limit for all of them together; looking the name up is not counted
     * @return why none accepted a connection and said something; empty when one did
     */
    Optional<String> tcp(String host, int port, Duration limit) throws InterruptedException;

    /** @return why nobody accepted a connection; empty when somebody did */
    Optional<String> unix(Path socket) throws InterruptedException;
}

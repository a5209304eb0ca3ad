package io.buildkitci.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Tries whether a gRPC server may be at an address, as buildkitd is one. Safe for use by several threads. */
public interface Reachability {
    /**
     * Paths of PEM files, and the name that is to stand in the server's certificate where it is not the address's.
     *
     * @param certificate the client's own
     * @param key of that certificate
     */
    record Tls(
            Optional<String> authority,
            Optional<String> certificate,
            Optional<String> key,
            Optional<String> serverName) {
        /** In clear text. */
        public static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is wrong. */
    enum Wrong {
        NOBODY,
        /** TLS is spoken there, and none was asked for. */
        WANTS_TLS,
        /** TLS was asked for. */
        SPEAKS_NO_TLS,
        /** A file of ours. */
        FILE,
        AUTHORITY,
        EXPIRED,
        SERVER_NAME,
        CLIENT_CERTIFICATE,
        NO_CLIENT_CERTIFICATE
    }

    /** @param why a clause about whoever is there: "its certificate ended at …" */
    record Refusal(Wrong wrong, String why) {
        public static Refusal nobody(String why) {
            return new Refusal(Wrong.NOBODY, why);
        }
    }

    /**
     * Tries every address of a host, one after the other.
     *
     * @param limit for all of them together; looking the name up is not counted
     * @return why no client can talk to whoever is there; empty when one may, or when only one can tell
     */
    Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) throws InterruptedException;

    /** @return why nobody accepted a connection; empty when somebody did */
    Optional<String> unix(Path socket) throws InterruptedException;
}

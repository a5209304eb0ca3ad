package io.buildkitci.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a buildkitd listens.
 *
 * @param url {@code unix://}, {@code tcp://} or what else buildctl dials
 * @param tls files to talk to it with
 */
public record DaemonAddress(String url, Tls tls) {
    /**
     * Paths of certificates and keys; none of them means no TLS.
     *
     * @param serverName the name in the daemon's certificate, where it is not the address's
     */
    public record Tls(
            Optional<String> authority,
            Optional<String> certificate,
            Optional<String> key,
            Optional<String> serverName) {
        public static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The flags that buildctl finds it by. */
    public List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("--addr", url));
        tls.authority.ifPresent(file -> flags.addAll(List.of("--tlscacert", file)));
        tls.certificate.ifPresent(file -> flags.addAll(List.of("--tlscert", file)));
        tls.key.ifPresent(file -> flags.addAll(List.of("--tlskey", file)));
        tls.serverName.ifPresent(name -> flags.addAll(List.of("--tlsservername", name)));
        return flags;
    }

    public static DaemonAddress of(String url) {
        return new DaemonAddress(url, Tls.NONE);
    }
}

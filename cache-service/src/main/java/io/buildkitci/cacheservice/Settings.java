package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.store.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a service is started with.
 *
 * @param directory holds all that it keeps
 * @param listen port 0 for a free one
 * @param tls empty for plain HTTP
 * @param secretFile what tokens are signed with, at least 32 bytes; empty for one that the service makes and keeps in its
 *     directory
 */
public record Settings(
        Path directory, InetSocketAddress listen, Limits limits, Optional<Tls> tls, Optional<Path> secretFile) {
    /** A certificate chain and its key, both PEM. */
    public record Tls(Path certificate, Path key) {}
}

package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.store.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;

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
    /** What the service shows of itself to those who connect. */
    public sealed interface Tls {}

    /** A certificate chain and its key in files, both PEM. */
    public record PemFiles(Path certificate, Path key) implements Tls {}

    /** The same in memory. */
    public record Keys(KeyManagerFactory keys) implements Tls {}
}

package io.buildkitci.builder;

import io.buildkitci.process.Reachability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The address of a remote buildkitd, as far as it can be tried without a client. */
public sealed interface RemoteEndpoint {
    /** BuildKit's clients wait up to 20 s before they say that nobody is there. */
    Duration LIMIT = Duration.ofSeconds(3);

    /** {@code tcp://host:port}. */
    record Tcp(String host, int port) implements RemoteEndpoint {}

    /** {@code unix:///path}. */
    record Unix(Path path) implements RemoteEndpoint {}

    /** Reached through a helper ({@code ssh://}, {@code docker-container://} …): only buildx can try it. */
    record Indirect() implements RemoteEndpoint {}

    static RemoteEndpoint parse(String text) {
        if (text.startsWith("unix://")) {
            return unix(text.substring("unix://".length()));
        }
        try {
            URI uri = new URI(text);
            boolean tcp = "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() >= 0;
            return tcp ? new Tcp(uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort()) : new Indirect();
        } catch (URISyntaxException e) {
            return new Indirect(); // buildx says what is wrong with it
        }
    }

    private static RemoteEndpoint unix(String path) {
        try {
            return new Unix(Path.of(path));
        } catch (InvalidPathException e) { // as most are on Windows
            return new Indirect();
        }
    }

    /** Why nobody can be reached there; empty when somebody can or when only buildx can tell. */
    default Optional<String> whyUnreachable(Reachability reachability) throws InterruptedException {
        if (this instanceof Tcp tcp) {
            return reachability.tcp(tcp.host(), tcp.port(), LIMIT);
        }
        return this instanceof Unix unix ? reachability.unix(unix.path()) : Optional.empty();
    }
}

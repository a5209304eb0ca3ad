package io.buildkitci.builder;

import io.buildkitci.process.Reachability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a remote buildkitd, as far as it can be tried without a client. */
public sealed interface RemoteEndpoint {
    /** BuildKit's clients wait up to 20 s before they say that nobody is there. */
    Duration LIMIT = Duration.ofSeconds(3);

    /** With no question mark, behind which another engine may be named. */
    Pattern CONTAINER = Pattern.compile("docker-container://([A-Za-z0-9][A-Za-z0-9_.-]*)");

    /** {@code tcp://host:port}. */
    record Tcp(String host, int port) implements RemoteEndpoint {}

    /** {@code unix:///path}. */
    record Unix(Path path) implements RemoteEndpoint {}

    /** {@code docker-container://name}, of the engine of this environment. */
    record Container(String name) implements RemoteEndpoint {}

    /** Reached in another way ({@code ssh://}, {@code kube-pod://} …): only a client can try it. */
    record Indirect() implements RemoteEndpoint {}

    static RemoteEndpoint parse(String text) {
        Matcher container = CONTAINER.matcher(text);
        if (container.matches()) {
            return new Container(container.group(1));
        }
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

    /** Why nobody can be reached there; empty when somebody can or when only another can tell. */
    default Optional<String> whyUnreachable(Reachability reachability) throws InterruptedException {
        if (this instanceof Tcp tcp) {
            return reachability.tcp(tcp.host(), tcp.port(), LIMIT);
        }
        return this instanceof Unix unix ? reachability.unix(unix.path()) : Optional.empty();
    }
}

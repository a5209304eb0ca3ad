package io.buildkitci.builder;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a remote buildkitd, as far as it can be tried without a client. */
public sealed interface RemoteEndpoint {
    /** With no question mark, behind which another engine may be named. */
    Pattern CONTAINER = Pattern.compile("docker-container://([A-Za-z0-9][A-Za-z0-9_.-]*)");

    /** {@code tcp://host:port}. */
    record Tcp(String host, int port) implements RemoteEndpoint {}

    /** {@code unix:///path}. */
    record Unix(Path path) implements RemoteEndpoint {}

    /** {@code docker-container://name}, of the engine of this environment. */
    record Container(String name) implements RemoteEndpoint {}

    /**
     * {@code ssh://[user@]host[:port][/socket]}.
     *
     * @param user empty where ssh is to choose
     * @param port likewise
     * @param socket of the daemon there; empty where buildctl there is to choose
     */
    record Ssh(String user, String host, OptionalInt port, String socket) implements RemoteEndpoint {}

    /** Reached in another way ({@code kube-pod://}, {@code podman-container://} …): only a client can try it. */
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
            if ("ssh".equals(uri.getScheme()) && uri.getHost() != null) {
                String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
                return user.contains(":") ? new Indirect() : new Ssh(user, host(uri), port(uri), uri.getPath());
            }
            boolean tcp = "tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() >= 0;
            return tcp ? new Tcp(host(uri), uri.getPort()) : new Indirect();
        } catch (URISyntaxException e) {
            return new Indirect(); // buildx says what is wrong with it
        }
    }

    private static String host(URI uri) {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    private static OptionalInt port(URI uri) {
        return uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort());
    }

    private static RemoteEndpoint unix(String path) {
        try {
            return new Unix(Path.of(path));
        } catch (InvalidPathException e) { // as most are on Windows
            return new Indirect();
        }
    }
}

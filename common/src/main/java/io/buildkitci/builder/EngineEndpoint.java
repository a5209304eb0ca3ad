package io.buildkitci.builder;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an engine is reached.
 *
 * @param address {@code unix://}, {@code npipe://}, {@code tcp://}, {@code ssh://} …
 */
public record EngineEndpoint(String address) {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", ".");

    /** Sockets of virtual machines, as their products place them. */
    private static final Pattern VIRTUAL =
            Pattern.compile(".*/\\.(?:docker/desktop|colima|lima|rd|orbstack)/.*|.*/pipe/dockerDesktop.*");

    /**
     * Whether it has a kernel and files that are not this machine's. A socket or a port of this machine can be forwarded, so
     * what is not known is taken for here.
     */
    public boolean elsewhere() {
        return VIRTUAL.matcher(address).matches()
                || host().filter(host -> !HERE.contains(host)).isPresent();
    }

    /** Whether it is Podman's, which has no BuildKit. */
    boolean isPodman() {
        return address.contains("podman");
    }

    private Optional<String> host() {
        try {
            URI uri = new URI(address);
            boolean network = Set.of("tcp", "http", "https", "ssh").contains(String.valueOf(uri.getScheme()));
            return network ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // docker says what is wrong with it
        }
    }
}

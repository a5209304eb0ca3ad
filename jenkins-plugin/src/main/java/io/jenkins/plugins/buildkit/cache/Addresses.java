package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cache.ServiceAddresses;
import io.buildkitci.local.MachineAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where builders may reach a service in this Jenkins; which of them do is only known at the builder. */
final class Addresses {
    private Addresses() {}

    /**
     * What a person said counts alone. Otherwise the host of Jenkins' own URL, by which agents know this machine, then
     * what this machine is called by its network interfaces.
     *
     * @param port that is listened at
     * @param rootUrl of Jenkins
     * @return without a slash at the end
     */
    static List<String> of(Hosting hosting, int port, Optional<String> rootUrl) {
        if (hosting.advertised().isPresent()) {
            return List.of(bare(hosting.advertised().get()));
        }
        InetAddress bound = hosting.settings().listen().getAddress();
        if (!bound.isAnyLocalAddress()) {
            return List.of(at(hosting, text(bound), port));
        }
        Stream<String> known = host(rootUrl).map(host -> at(hosting, host, port)).stream();
        List<String> machine = ServiceAddresses.of(at(hosting, "127.0.0.1", port), MachineAddresses.all());
        return Stream.concat(known, machine.stream()).distinct().toList();
    }

    /** Those of a service elsewhere, which may as well be on this machine. */
    static List<String> of(URI service) {
        return ServiceAddresses.of(bare(service), MachineAddresses.all());
    }

    /** As this machine reaches it. */
    static URI here(Hosting hosting, InetSocketAddress listening) {
        InetAddress bound = listening.getAddress();
        InetAddress host = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return URI.create(at(hosting, text(host), listening.getPort()) + "/");
    }

    private static String bare(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String at(Hosting hosting, String host, int port) {
        return hosting.scheme() + "://" + host + ":" + port;
    }

    private static Optional<String> host(Optional<String> url) {
        try {
            return url.map(URI::create).map(URI::getHost).filter(Objects::nonNull);
        } catch (IllegalArgumentException e) { // a person can write anything there
            return Optional.empty();
        }
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}

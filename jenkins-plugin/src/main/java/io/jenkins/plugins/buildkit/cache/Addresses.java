package io.jenkins.plugins.buildkit.cache;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where builders may reach a service in this Jenkins; which of them do is only known at the builder. */
final class Addresses {
    private Addresses() {}

    /**
     * What a person said counts alone. Otherwise the host of Jenkins' own URL, by which agents know this machine, then
     * the addresses of its network interfaces, those that only this machine has last.
     *
     * @param port that is listened at
     * @param rootUrl of Jenkins
     */
    static List<URI> of(Hosting hosting, int port, Optional<String> rootUrl) {
        if (hosting.advertised().isPresent()) {
            return List.of(hosting.advertised().get());
        }
        InetAddress bound = hosting.settings().listen().getAddress();
        Stream<String> hosts = bound.isAnyLocalAddress()
                ? Stream.concat(host(rootUrl).stream(), interfaces().stream().map(Addresses::text))
                : Stream.of(text(bound));
        return hosts.distinct()
                .map(host -> URI.create(hosting.scheme() + "://" + host + ":" + port + "/"))
                .toList();
    }

    /** As this machine reaches it. */
    static URI here(Hosting hosting, InetSocketAddress listening) {
        InetAddress bound = listening.getAddress();
        InetAddress host = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return URI.create(hosting.scheme() + "://" + text(host) + ":" + listening.getPort() + "/");
    }

    private static Optional<String> host(Optional<String> url) {
        try {
            return url.map(URI::create).map(URI::getHost).filter(Objects::nonNull);
        } catch (IllegalArgumentException e) { // a person can write anything there
            return Optional.empty();
        }
    }

    private static List<InetAddress> interfaces() {
        List<InetAddress> outward = new ArrayList<>();
        List<InetAddress> own = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp()) {
                    for (InetAddress address : Collections.list(each.getInetAddresses())) {
                        if (!address.isLinkLocalAddress()) {
                            (address.isLoopbackAddress() ? own : outward).add(address);
                        }
                    }
                }
            }
        } catch (SocketException e) {
            return List.of();
        }
        outward.addAll(own);
        return outward;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }
}

package io.buildkitci.cache;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a builder may reach what this machine reaches at an address. */
public final class ServiceAddresses {
    private static final int MOST = 6;

    private ServiceAddresses() {}

    /**
     * The address itself and, where it is this machine's own loopback, those at which builders in containers and on other
     * machines may find this machine.
     *
     * @param given {@code http://127.0.0.1:8321}
     * @param machine this machine's other addresses, those of Docker's bridges first
     */
    public static List<String> of(String given, List<String> machine) {
        URI address = URI.create(given);
        String host = address.getHost();
        if (!isLoopback(host)) {
            return List.of(given);
        }
        return Stream.of(
                        Stream.of(host),
                        machine.stream().map(ServiceAddresses::bracketed),
                        Stream.of("host.docker.internal"))
                .flatMap(hosts -> hosts)
                .distinct()
                .limit(MOST)
                .map(other -> at(address, other))
                .toList();
    }

    /** The same, in the order in which they are likely to be right for a builder in a container of this machine. */
    public static List<String> fromContainer(List<String> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparing(
                        address -> isLoopback(URI.create(address).getHost())))
                .toList();
    }

    private static boolean isLoopback(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    private static String at(URI address, String host) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + host + port + address.getRawPath();
    }
}

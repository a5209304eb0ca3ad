package io.buildkitci.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy that the environment names ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in capitals or not),
 * as curl and Docker take it; without one, Java's own settings hold.
 */
final class ProxyVariables extends ProxySelector {
    private final Map<String, String> environment;

    ProxyVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI address) {
        Optional<URI> named = named(address);
        if (named.isPresent()) {
            return List.of(
                    isExempt(address)
                            ? Proxy.NO_PROXY
                            : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host(named.get()), port(named.get()))));
        }
        ProxySelector ofJava = ProxySelector.getDefault();
        return ofJava == null ? List.of(Proxy.NO_PROXY) : ofJava.select(address);
    }

    /** The proxy for an address; empty when none is named or what is named is no address. */
    private Optional<URI> named(URI address) {
        String variable = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        String text = variable(variable);
        try {
            URI proxy = new URI(text.contains("://") ? text : "http://" + text);
            return Optional.of(proxy).filter(p -> !text.isEmpty() && p.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** This machine itself is never asked for through a proxy, as Go has it. */
    private boolean isExempt(URI address) {
        String host = host(address).toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.equals("::1")
                || Arrays.stream(variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                        .filter(rule -> !rule.isEmpty())
                        .anyMatch(rule -> exempts(rule, host, port(address)));
    }

    private static boolean exempts(String rule, String host, int port) {
        int colon = rule.lastIndexOf(':');
        boolean withPort = colon > 0 && rule.indexOf(':') == colon;
        String name = (withPort ? rule.substring(0, colon) : rule).replaceFirst("^\\*?\\.", "");
        boolean samePort = !withPort || rule.substring(colon + 1).equals(Integer.toString(port));
        return samePort && (name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private String variable(String name) {
        String small = environment.getOrDefault(name, "");
        return (small.isBlank() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : small).strip();
    }

    /** Without the brackets of an IPv6 address. */
    private static String host(URI address) {
        String host = address.getHost();
        return host == null ? "" : host.replaceAll("^\\[|]$", "");
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // whoever asked is told by the same exception
    }
}

package io.buildkitci.input;

import io.buildkitci.model.BuildRequest.Sandbox;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What steps may do and get. */
final class SandboxInputs {
    static final String ENTITLEMENTS = "network.host, security.insecure, device[=<name>], buildx.local.delete";

    private static final Pattern ENTITLEMENT =
            Pattern.compile("network\\.host|security\\.insecure|device(?:=.+)?|buildx\\.local\\.delete");
    private static final List<String> NETWORKS = List.of("default", "none", "host");
    private static final Set<String> LIMITS = Set.of(
            "core",
            "cpu",
            "data",
            "fsize",
            "locks",
            "memlock",
            "msgqueue",
            "nice",
            "nofile",
            "nproc",
            "rss",
            "rtprio",
            "rttime",
            "sigpending",
            "stack");
    private static final Pattern LIMIT = Pattern.compile("([a-z]+)=(-1|\\d{1,19})(?::(-1|\\d{1,19}))?");
    private static final Pattern SIZE =
            Pattern.compile("\\d+(?:\\.\\d+)? ?(?:b|[kmgtp](?:i?b)?)?", Pattern.CASE_INSENSITIVE);

    private SandboxInputs() {}

    static Sandbox read(InputReader in) {
        return new Sandbox(
                in.each("allow", SandboxInputs::entitlement),
                in.one("network", SandboxInputs::network),
                in.each("add-hosts", SandboxInputs::host),
                in.each("ulimit", SandboxInputs::limit),
                in.one("shm-size", SandboxInputs::size),
                in.text("cgroup-parent"));
    }

    private static String entitlement(String text) throws InvalidValue {
        if (!ENTITLEMENT.matcher(text).matches()) {
            throw new InvalidValue(
                    text,
                    "unknown entitlement; accepted are " + ENTITLEMENTS
                            + Nearest.hint(text, List.of("network.host", "security.insecure", "device").stream()));
        }
        return text;
    }

    private static String network(String text) throws InvalidValue {
        if (!NETWORKS.contains(text)) {
            throw new InvalidValue(
                    text,
                    "accepted are default, none and host; for another network create the builder with driver-opts"
                            + " network=<name>");
        }
        return text;
    }

    /** {@code host:ip} or {@code host=ip}; an IPv6 address may stand in brackets, several addresses beside commas. */
    private static Setting host(String text) throws InvalidValue {
        int separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator <= 0) {
            throw new InvalidValue(text, "not of the form host:ip or host=ip");
        }
        Setting host = new Setting(text.substring(0, separator), text.substring(separator + 1));
        boolean addresses = host.value().equals("host-gateway")
                || List.of(host.value().split(",", -1)).stream().allMatch(IpAddress::isLiteral);
        if (!addresses) {
            throw new InvalidValue(text, "'" + host.value() + "' is no IP address; accepted is host-gateway too");
        }
        return host;
    }

    private static String limit(String text) throws InvalidValue {
        Matcher matcher = LIMIT.matcher(text);
        if (!matcher.matches() || !LIMITS.contains(matcher.group(1))) {
            String type = text.substring(0, Math.max(0, text.indexOf('=')));
            throw new InvalidValue(
                    text,
                    "not of the form type=soft[:hard], for example nofile=1024:2048"
                            + Nearest.hint(type, LIMITS.stream().filter(l -> !l.equals(type))));
        }
        String hard = matcher.group(3);
        if (hard != null && isAbove(matcher.group(2), hard)) {
            throw new InvalidValue(text, "the soft limit is above the hard limit");
        }
        return text;
    }

    /** {@code -1} is no limit. */
    private static boolean isAbove(String soft, String hard) {
        return !hard.equals("-1") && (soft.equals("-1") || new BigInteger(soft).compareTo(new BigInteger(hard)) > 0);
    }

    private static String size(String text) throws InvalidValue {
        if (!SIZE.matcher(text).matches()) {
            throw new InvalidValue(text, "not a size; write a number and b, k, m or g, for example 256m");
        }
        return text;
    }
}

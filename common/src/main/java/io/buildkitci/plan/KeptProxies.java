package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Setting;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passwords of proxies, which BuildKit stores with all build arguments: in the builder's history, and in provenance of {@code
 * mode=max}. A proxy reaches the steps as a build argument only, so that it can only be said, and be left out of the
 * provenance where nobody asked for more.
 */
public final class KeptProxies {
    private KeptProxies() {}

    /** Whether the build has one. */
    public static boolean areIn(BuildRequest request, Capabilities capabilities) {
        return !configured(request, capabilities).isEmpty() || !given(request).isEmpty();
    }

    /** One sentence for those of Docker's configuration, and one for those of the build's own arguments. */
    static List<String> notes(BuildRequest request, Capabilities capabilities, HostWords words) {
        List<String> notes = new ArrayList<>();
        String kept = " in clear text in the history of builder '"
                + capabilities.builder().name() + "' and in provenance of mode=max; what helps is ";
        List<ConfiguredProxy> configured = configured(request, capabilities);
        if (!configured.isEmpty()) {
            String arguments = joined(configured.stream().map(ConfiguredProxy::argument));
            notes.add(configured.get(0).file() + ": BuildKit keeps the password in "
                    + joined(configured.stream().map(ConfiguredProxy::key)) + ", of which the client makes "
                    + arguments + " of every build," + kept + "a proxy there that asks for no password, or " + arguments
                    + " in " + words.input("build-args") + ", which counts instead and may be empty");
        }
        List<String> given = given(request);
        if (!given.isEmpty()) {
            notes.add(words.input("build-args") + ": BuildKit keeps the password in " + String.join(", ", given) + kept
                    + "a proxy that asks for no password");
        }
        return notes;
    }

    /** What the build names itself counts instead of what is configured. */
    private static List<ConfiguredProxy> configured(BuildRequest request, Capabilities capabilities) {
        Set<String> own = request.source().buildArgs().stream()
                .map(argument -> argument.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return capabilities.proxies().stream()
                .filter(proxy -> !own.contains(proxy.argument().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<String> given(BuildRequest request) {
        return request.source().buildArgs().stream()
                .filter(argument -> Credentials.ofProxy(argument).isPresent())
                .map(Setting::name)
                .toList();
    }

    private static String joined(Stream<String> names) {
        return names.collect(Collectors.joining(", "));
    }
}

package io.buildkitci.input;

import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What holds for a buildkitd without Docker: one node, started by us or found at an address. */
final class DaemonRules {
    private static final List<String> OF_A_DAEMON_THAT_IS_STARTED = Stream.concat(
                    Stream.of("buildkitd-flags"), BuilderNodes.CONFIGURATION.stream())
            .toList();
    private static final Set<String> OF_AN_ADDRESS = Set.of("cacert", "cert", "key", "servername");

    static final Map<String, OptionRule> OPTIONS =
            Map.of("rootless", OptionRule.matching("true|false", "accepted are rootless=true and rootless=false"));

    private DaemonRules() {}

    static void check(InputReader in, int nodes) {
        if (nodes > 1) {
            in.problem("append", "", "driver buildkitd has one node; for several take driver remote");
        }
        if (in.isGiven("platforms")) {
            in.problem("platforms", "", "driver buildkitd builds what its daemon and the kernel's emulators can run");
        }
        if (in.isGiven("endpoint")) {
            nothingIsStarted(in);
        }
    }

    /** Names only are repeated: a variable's value can be a secret. */
    static void checkOptions(InputReader in, List<Setting> options) {
        boolean atAnAddress = in.isGiven("endpoint");
        options.stream()
                .map(Setting::name)
                .filter(name -> OF_AN_ADDRESS.contains(name) != atAnAddress)
                .forEach(name -> in.problem(
                        "driver-opts",
                        name,
                        atAnAddress
                                ? "with an endpoint no buildkitd is started"
                                : "is for a daemon at an endpoint; give one"));
    }

    private static void nothingIsStarted(InputReader in) {
        for (String input : OF_A_DAEMON_THAT_IS_STARTED) {
            if (in.isGiven(input)) {
                in.problem(input, "", "with an endpoint no buildkitd is started; drop one");
            }
        }
        if (in.flag("keep-state")) {
            in.problem("keep-state", "", "with an endpoint no buildkitd is started; drop one");
        }
    }
}

package io.buildkitci.input;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What holds for a buildkitd without Docker: one node, started by us or found at an address. */
final class DaemonRules {
    private static final List<String> OF_A_DAEMON_THAT_IS_STARTED = Stream.concat(
                    Stream.of("buildkitd-flags"), BuilderNodes.CONFIGURATION.stream())
            .toList();
    private static final Set<String> OF_AN_ADDRESS = Set.of("cacert", "cert", "key", "servername");

    private DaemonRules() {}

    static void check(InputReader in, int nodes) {
        if (nodes > 1) {
            in.problem("append", "", "driver buildkitd has one node; for several take driver remote");
        }
        if (in.isGiven("platforms")) {
            in.problem("platforms", "", "driver buildkitd builds what its daemon and the kernel's emulators can run");
        }
        boolean atAnAddress = in.isGiven("endpoint");
        if (atAnAddress) {
            nothingIsStarted(in);
        }
        for (String option : in.items("driver-opts")) {
            checkOption(in, option, atAnAddress);
        }
    }

    /** Names only are repeated: a variable's value can be a secret. */
    private static void checkOption(InputReader in, String option, boolean atAnAddress) {
        String name = option.replaceFirst("=.*", "");
        if (OF_AN_ADDRESS.contains(name) != atAnAddress) {
            in.problem(
                    "driver-opts",
                    name,
                    atAnAddress
                            ? "with an endpoint no buildkitd is started"
                            : "is for a daemon at an endpoint; give one");
        }
        if (name.equals("rootless") && !option.matches("rootless=(?:true|false)")) {
            in.problem("driver-opts", option, "accepted are rootless=true and rootless=false");
        }
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

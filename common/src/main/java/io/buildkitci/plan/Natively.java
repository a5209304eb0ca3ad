package io.buildkitci.plan;

import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities.NodeFacts;
import java.util.List;

/** Whether a builder's nodes run a platform themselves, emulate it, or do neither. */
public enum Natively {
    /** The processor runs it. */
    NATIVE,
    /** A QEMU emulator in the node's kernel runs it. */
    EMULATED,
    /** No node says that it can run it; stages that only copy or cross-compile can still be built. */
    ABSENT,
    /** The nodes have not said what they can run. */
    UNKNOWN;

    /**
     * A node advertises its own platform first, then what its processor also runs, then what its kernel emulates
     * (BuildKit's {@code binfmt_misc.SupportedPlatforms}).
     */
    public static Natively of(Platform platform, List<NodeFacts> nodes) {
        Natively best = UNKNOWN;
        for (NodeFacts node : nodes) {
            List<Platform> advertised = node.platforms();
            if (!advertised.isEmpty() && runs(advertised.get(0), platform)) {
                return NATIVE;
            }
            if (advertised.contains(platform)) {
                best = EMULATED;
            } else if (best == UNKNOWN && !advertised.isEmpty()) {
                best = ABSENT;
            }
        }
        return best;
    }

    /** Whether a processor and system of one platform run programs of another themselves. */
    public static boolean runs(Platform own, Platform other) {
        if (!own.os().equals(other.os())) {
            return false;
        }
        return own.architecture().equals(other.architecture())
                || (own.architecture().equals("amd64") && other.architecture().equals("386"));
    }
}

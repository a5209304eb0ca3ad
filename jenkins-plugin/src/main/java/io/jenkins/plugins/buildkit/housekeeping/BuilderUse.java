package io.jenkins.plugins.buildkit.housekeeping;

import java.time.Duration;
import java.util.Optional;

/**
 * A build that is about to use a builder which this controller makes.
 *
 * @param agent name of the agent; empty text for the controller's own
 * @param builder its name on the agent
 * @param run the build's externalizable ID; empty text for none, as when a person only tries the builder
 * @param keepState whether its state stays when it is removed
 * @param unusedFor how long it stays when its builds are over; empty means for ever
 */
public record BuilderUse(String agent, String builder, String run, boolean keepState, Optional<Duration> unusedFor) {
    /** Of a builder that goes with its build. */
    public static BuilderUse once(String agent, String builder, String run, boolean keepState) {
        return new BuilderUse(agent, builder, run, keepState, Optional.of(Duration.ZERO));
    }

    /** Of a builder that a person tries; in an hour nobody waits for it any more. */
    public static BuilderUse trial(String agent, String builder) {
        return new BuilderUse(agent, builder, "", false, Optional.of(Duration.ofHours(1)));
    }
}

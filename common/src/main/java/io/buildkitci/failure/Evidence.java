package io.buildkitci.failure;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is known about how a build ended. Texts are masked before they get here.
 *
 * @param outcome how the client, buildx or buildctl, ended
 * @param stopAsked whether the host had asked the build to stop
 * @param failedSteps every step that ended with an error, in the order in which they did; not only the culprit:
 *     failed cache imports and steps that were stopped because another failed are here as well
 * @param clientText the lines of its stderr that are no progress, in order
 */
public record Evidence(
        Outcome outcome,
        boolean stopAsked,
        List<FailedStep> failedSteps,
        List<String> clientText,
        Where where,
        Seen seen) {
    public Evidence {
        failedSteps = List.copyOf(failedSteps);
        clientText = List.copyOf(clientText);
    }

    /** Evidence that has nothing besides. */
    public Evidence(
            Outcome outcome, boolean stopAsked, List<FailedStep> failedSteps, List<String> clientText, Where where) {
        this(outcome, stopAsked, failedSteps, clientText, where, Seen.NOTHING);
    }

    /** The same with what was seen to be under way before the client was ended, where there was something. */
    public Evidence waitingFor(List<String> underWay) {
        Seen other = underWay.isEmpty() ? seen : new Seen(underWay, seen.warnings());
        return new Evidence(outcome, stopAsked, failedSteps, clientText, where, other);
    }

    /**
     * What else the build showed.
     *
     * @param underWay what had begun and not ended, the latest last
     * @param warnings texts of BuildKit's checks
     */
    public record Seen(List<String> underWay, List<String> warnings) {
        public static final Seen NOTHING = new Seen(List.of(), List.of());

        public Seen {
            underWay = List.copyOf(underWay);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What it ran on.
     *
     * @param builder empty name means the current builder
     * @param driver empty when it is not known
     * @param emulated platforms of the build that this builder emulates
     * @param client who talked to the builder: buildx or buildctl
     */
    public record Where(String builder, Optional<Driver> driver, Set<Platform> emulated, String client) {
        public Where {
            emulated = Set.copyOf(emulated);
        }

        /** With buildx. */
        public Where(String builder, Optional<Driver> driver, Set<Platform> emulated) {
            this(builder, driver, emulated, "buildx");
        }
    }
}

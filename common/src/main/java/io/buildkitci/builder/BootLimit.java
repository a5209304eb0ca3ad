package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.GoDuration;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.time.Duration;

/** How long a builder may take to start: never less than its own definition says. */
final class BootLimit {
    /** For buildx to say itself that it waited in vain. */
    private static final Duration MORE = Duration.ofMinutes(1);

    private BootLimit() {}

    static Duration of(BuilderSpec spec, Duration limit) {
        if (spec.driver() != Driver.KUBERNETES) {
            return limit;
        }
        return spec.nodes().stream()
                .flatMap(node -> node.driverOpts().stream())
                .filter(option -> option.name().equals("timeout"))
                .map(Setting::value)
                .map(timeout -> parse(timeout).plus(MORE))
                .reduce(limit, (longest, other) -> other.compareTo(longest) > 0 ? other : longest);
    }

    /** What buildx does not take it says itself, at once. */
    private static Duration parse(String timeout) {
        try {
            return GoDuration.parse(timeout);
        } catch (InvalidValue e) {
            return Duration.ZERO;
        }
    }
}

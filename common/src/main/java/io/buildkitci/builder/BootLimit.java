package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** How long a builder may take to start: never less than its own definition says. */
final class BootLimit {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

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

    /** As Go writes it: {@code 1h30m}, {@code 2.5m}. */
    private static Duration parse(String text) {
        double seconds = PART.matcher(text)
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0.0))
                .sum();
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

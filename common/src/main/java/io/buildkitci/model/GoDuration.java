package io.buildkitci.model;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** A length of time as Go writes it: {@code 1h30m}, {@code 2.5m}. */
public final class GoDuration {
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
    private static final Pattern FORM = Pattern.compile("(?:" + PART.pattern() + ")+");

    private GoDuration() {}

    /** To the millisecond. */
    public static Duration parse(String text) throws InvalidValue {
        double seconds = PART.matcher(text)
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0.0))
                .sum();
        if (!FORM.matcher(text).matches() || seconds <= 0) {
            throw new InvalidValue(text, "no length of time; write 90s, 5m or 1h30m");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

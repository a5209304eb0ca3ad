package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people write them: {@code 50GiB}, {@code 90m}. */
final class Amounts {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd])");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    private Amounts() {}

    static long bytes(String text) throws InvalidValue {
        Matcher amount = BYTES.matcher(text);
        Long unit = amount.matches() ? UNITS.get(amount.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new InvalidValue(text, "no number of bytes; write 500MB, 50GiB or 2TiB");
        }
        long number = Long.parseLong(amount.group(1));
        if (number == 0 || number > Long.MAX_VALUE / unit) {
            throw new InvalidValue(text, "too " + (number == 0 ? "few" : "many") + " bytes");
        }
        return number * unit;
    }

    static Duration time(String text) throws InvalidValue {
        Matcher amount = TIME.matcher(text);
        if (!amount.matches() || Long.parseLong(amount.group(1)) == 0) {
            throw new InvalidValue(text, "no length of time; write 30m, 6h or 7d");
        }
        long number = Long.parseLong(amount.group(1));
        return switch (amount.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}

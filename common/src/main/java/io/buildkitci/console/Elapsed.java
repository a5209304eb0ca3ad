package io.buildkitci.console;

import java.time.Duration;

/** Durations as people read them: {@code 0.4s}, {@code 1m30s}, {@code 2h05m}. */
final class Elapsed {
    private Elapsed() {}

    static String render(Duration duration) {
        long tenths = Math.max(0, duration.plusMillis(50).toMillis() / 100);
        if (tenths < 600) {
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        long seconds = tenths / 10;
        return seconds < 3600
                ? seconds / 60 + "m" + twoDigits(seconds % 60) + "s"
                : seconds / 3600 + "h" + twoDigits(seconds % 3600 / 60) + "m";
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}

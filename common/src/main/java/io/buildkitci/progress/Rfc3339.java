package io.buildkitci.progress;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Timestamps as Go writes them. By hand because there are up to three in every event, and because loading
 * {@code DateTimeFormatter} costs a short-lived process more than a whole cached build's progress.
 */
final class Rfc3339 {
    private static final String FORM = "dddd-dd-ddTdd:dd:dd";

    private Rfc3339() {}

    /** Empty for what is no timestamp, and for Go's zero time. */
    static Optional<Instant> parse(String text) {
        if (!startsInForm(text)) {
            return Optional.empty();
        }
        int end = FORM.length();
        while (end < text.length() && (text.charAt(end) == '.' || isDigit(text.charAt(end)))) {
            end++;
        }
        Optional<Integer> offset = offset(text.substring(end));
        int year = number(text, 0, 4);
        if (offset.isEmpty() || year <= 1) {
            return Optional.empty();
        }
        try {
            long day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            long second = day * 86_400
                    + number(text, 11, 13) * 3600L
                    + number(text, 14, 16) * 60L
                    + number(text, 17, 19)
                    - offset.get();
            return Optional.of(Instant.ofEpochSecond(second, nanos(text, end)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static boolean startsInForm(String text) {
        if (text.length() < FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == 'd' ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return true;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        int scale = 100_000_000;
        for (int i = FORM.length() + 1; i < end && isDigit(text.charAt(i)); i++) {
            nanos += (text.charAt(i) - '0') * scale;
            scale /= 10;
        }
        return nanos;
    }

    /** Seconds east of UTC from {@code Z} or {@code +02:00}. */
    private static Optional<Integer> offset(String zone) {
        if (zone.equals("Z")) {
            return Optional.of(0);
        }
        boolean form = zone.length() == 6
                && (zone.charAt(0) == '+' || zone.charAt(0) == '-')
                && isDigit(zone.charAt(1))
                && isDigit(zone.charAt(2))
                && zone.charAt(3) == ':'
                && isDigit(zone.charAt(4))
                && isDigit(zone.charAt(5));
        if (!form) {
            return Optional.empty();
        }
        int seconds = number(zone, 1, 3) * 3600 + number(zone, 4, 6) * 60;
        return Optional.of(zone.charAt(0) == '+' ? seconds : -seconds);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

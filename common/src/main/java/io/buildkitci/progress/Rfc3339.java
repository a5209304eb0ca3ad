package io.buildkitci.progress;

import java.time.Instant;
import java.util.Optional;

/**
 * Timestamps as Go writes them. By hand because there are up to three in every event, and because loading
 * {@code DateTimeFormatter}, which a leap year asked of {@code java.time} does too, costs a short-lived process more than
 * a whole cached build's progress.
 */
final class Rfc3339 {
    private static final String FORM = "dddd-dd-ddTdd:dd:dd";
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** From 0000-03-01. */
    private static final long DAYS_FROM_YEAR_0_TO_1970 = 719_468;

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
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        if (offset.isEmpty() || year <= 1 || !isDate(year, month, day)) {
            return Optional.empty();
        }
        long second = epochDay(year, month, day) * 86_400
                + number(text, 11, 13) * 3600L
                + number(text, 14, 16) * 60L
                + number(text, 17, 19)
                - offset.get();
        return Optional.of(Instant.ofEpochSecond(second, nanos(text, end)));
    }

    private static boolean isDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= (month == 2 && leap ? 29 : DAYS[month - 1]);
    }

    /** Days since 1970-01-01 in the Gregorian calendar; years are counted from March, so that a leap day is their last. */
    private static long epochDay(int year, int month, int day) {
        long y = month > 2 ? year : year - 1L;
        int monthsSinceMarch = (month + 9) % 12;
        long dayOfYear = (153L * monthsSinceMarch + 2) / 5 + day - 1;
        return 365 * y + y / 4 - y / 100 + y / 400 + dayOfYear - DAYS_FROM_YEAR_0_TO_1970;
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

package io.buildkitci.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The axis below which bars lie: from nothing to a round time after the end of the last, in a few equal parts.
 *
 * @param part how long each is
 */
record TimeAxis(Duration part, int parts) {
    private static final int MOST_PARTS = 6;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long[] ROUND = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        21_600_000,
        43_200_000,
        DAY
    };

    /** For everything that ends by then. */
    static TimeAxis until(Duration end) {
        long millis = Math.max(1, end.toMillis());
        for (long part : ROUND) {
            if (part * MOST_PARTS >= millis) {
                return new TimeAxis(Duration.ofMillis(part), (int) ((millis + part - 1) / part));
            }
        }
        long days = (millis + DAY * MOST_PARTS - 1) / (DAY * MOST_PARTS);
        return new TimeAxis(Duration.ofMillis(days * DAY), (int) ((millis + days * DAY - 1) / (days * DAY)));
    }

    static TimeAxis of(List<Work.Bar> bars) {
        Duration end = Duration.ZERO;
        for (Work.Bar bar : bars) {
            Duration its = bar.start().plus(bar.time());
            end = its.compareTo(end) > 0 ? its : end;
        }
        return until(end);
    }

    /** Of the whole, in thousandths of it: {@code 12.5%}. */
    String share(Duration time) {
        return percent(thousandths(time));
    }

    /** A time that can be seen however short it is. */
    Extent extent(Duration start, Duration time) {
        long width = Math.max(LEAST, thousandths(start.plus(time)) - thousandths(start));
        long from = Math.min(thousandths(start), WHOLE - width);
        return new Extent(percent(from), percent(width));
    }

    /** Where a bar begins and how wide it is. */
    record Extent(String from, String width) {}

    /** What stands at the beginning and the end of each part. */
    List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i <= parts; i++) {
            labels.add(label(part.multipliedBy(i)));
        }
        return labels;
    }

    private static final long WHOLE = 10_000;
    private static final long LEAST = 40;

    private long thousandths(Duration time) {
        double whole = (double) part.toMillis() * parts;
        return Math.max(0, Math.min(WHOLE, Math.round(time.toNanos() / 1e6 * WHOLE / whole)));
    }

    private static String percent(long hundredths) {
        String digits = Long.toString(hundredths % 100);
        String fraction = hundredths % 100 == 0 ? "" : "." + "0".repeat(2 - digits.length()) + digits;
        return hundredths / 100 + fraction + "%";
    }

    private static String label(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            long millis = time.toMillis();
            String fraction = millis % 1000 == 0
                    ? ""
                    : String.valueOf(1000 + millis % 1000).replaceAll("^1|0+$", "");
            return millis / 1000 + (fraction.isEmpty() ? "" : "." + fraction) + " s";
        }
        String tail = two(time.toMinutesPart()) + ":" + two(time.toSecondsPart());
        return time.toHours() > 0 ? time.toHours() + ":" + tail : tail;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}

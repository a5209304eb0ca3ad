package io.buildkitci.plan;

import java.math.BigDecimal;
import java.util.Locale;

/** A size as Docker's clients read it: units are powers of 1024, however they are written. */
final class ByteSize {
    private static final String UNITS = "bkmgtp";

    private ByteSize() {}

    /** @param text a number and perhaps a unit, checked already */
    static long of(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace(" ", "");
        int end = 0;
        while (end < lower.length() && (Character.isDigit(lower.charAt(end)) || lower.charAt(end) == '.')) {
            end++;
        }
        int power = end == lower.length() ? 0 : UNITS.indexOf(lower.charAt(end));
        return new BigDecimal(lower.substring(0, end))
                .multiply(BigDecimal.valueOf(1024).pow(power))
                .longValue();
    }
}

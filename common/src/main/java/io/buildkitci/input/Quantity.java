package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount as Kubernetes writes it: {@code 500m}, {@code 2}, {@code 1.5Gi}, {@code 1e9}. */
record Quantity(BigDecimal amount) implements Comparable<Quantity> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{0,9})?|\\.\\d{1,9})([num]|[kMGTPE]|[KMGTPE]i|[eE][-+]?\\d{1,2}|)");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final String BINARY = "KMGTPE";

    static Quantity parse(String text) throws InvalidValue {
        Matcher quantity = FORM.matcher(text);
        if (!quantity.matches()) {
            throw new InvalidValue(text, "no quantity of Kubernetes; write 500m, 2, 512Mi or 10Gi");
        }
        return new Quantity(new BigDecimal(quantity.group(1)).multiply(factor(quantity.group(2))));
    }

    private static BigDecimal factor(String suffix) {
        if (suffix.endsWith("i")) {
            return BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix.charAt(0)) + 1);
        }
        if (suffix.length() > 1) {
            return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
        }
        return BigDecimal.ONE.scaleByPowerOfTen(DECIMAL.getOrDefault(suffix, 0));
    }

    boolean isZero() {
        return amount.signum() == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    /** As a number, whatever its digits: {@code 1000m} is {@code 1}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && amount.compareTo(quantity.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}

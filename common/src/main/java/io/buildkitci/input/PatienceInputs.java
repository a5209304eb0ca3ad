package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Patience;
import java.util.regex.Pattern;

/** Inputs about how often a build is run and how long it may take. */
final class PatienceInputs {
    private static final Pattern RETRIES = Pattern.compile("\\d|10");

    private PatienceInputs() {}

    static Patience read(InputReader in) {
        return new Patience(
                in.one("retries", PatienceInputs::retries).orElse(Patience.USUAL.retries()),
                in.one("timeout", Amounts::time),
                in.one("inactivity-timeout", Amounts::time).orElse(Patience.USUAL.inactivity()));
    }

    private static int retries(String text) throws InvalidValue {
        if (!RETRIES.matcher(text).matches()) {
            throw new InvalidValue(text, "no number of further runs; write 0 to 10");
        }
        return Integer.parseInt(text);
    }
}

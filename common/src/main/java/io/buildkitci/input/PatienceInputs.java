package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Patience;
import java.util.regex.Pattern;

/** Inputs about how often a build is run and how long it may take. */
final class PatienceInputs {
    static final InputSpec RETRIES = InputSpec.text(
                    "retries", "how often a build that failed for a reason that may pass is run again; 0 for never")
            .defaultsTo("1")
            .example("3")
            .ours();

    static final InputSpec TIMEOUT = InputSpec.text(
                    "timeout", "how long the build may take, all its runs together; for ever if not given")
            .example("45m")
            .ours();

    static final InputSpec INACTIVITY = InputSpec.text(
                    "inactivity-timeout",
                    "how long a registry, a source or a cache that the build waits for may say nothing")
            .defaultsTo("10m")
            .example("2m")
            .ours();

    private static final Pattern COUNT = Pattern.compile("\\d|10");

    private PatienceInputs() {}

    static Patience read(InputReader in) {
        return new Patience(
                in.one(RETRIES.name(), PatienceInputs::retries).orElse(Patience.USUAL.retries()),
                in.one(TIMEOUT.name(), Amounts::time),
                in.one(INACTIVITY.name(), Amounts::time).orElse(Patience.USUAL.inactivity()));
    }

    private static int retries(String text) throws InvalidValue {
        if (!COUNT.matcher(text).matches()) {
            throw new InvalidValue(text, "no number of further runs; write 0 to 10");
        }
        return Integer.parseInt(text);
    }
}

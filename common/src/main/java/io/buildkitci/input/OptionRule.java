package io.buildkitci.input;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import java.util.regex.Pattern;

/** What the value of a driver's option must be. */
interface OptionRule {
    OptionRule BOOLEAN = value -> {
        if (!value.matches("1|t|T|true|TRUE|True|0|f|F|false|FALSE|False")) {
            throw new InvalidValue(value, "accepted are true and false");
        }
    };

    OptionRule IMAGE = ImageRef::parse;

    /** As Go reads a length of time. */
    OptionRule DURATION = value -> {
        if (!value.matches("(?:(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:ns|us|µs|ms|s|m|h))+") || !value.matches(".*[1-9].*")) {
            throw new InvalidValue(value, "no length of time; write 90s, 5m or 1h30m");
        }
    };

    void check(String value) throws InvalidValue;

    /** @param expected what is accepted, a clause that can follow a colon */
    static OptionRule matching(String form, String expected) {
        Pattern pattern = Pattern.compile(form);
        return value -> {
            if (!pattern.matcher(value).matches()) {
                throw new InvalidValue(value, expected);
            }
        };
    }
}

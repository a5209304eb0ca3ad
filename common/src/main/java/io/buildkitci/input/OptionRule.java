package io.buildkitci.input;

import io.buildkitci.model.GoDuration;
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

    OptionRule DURATION = GoDuration::parse;

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

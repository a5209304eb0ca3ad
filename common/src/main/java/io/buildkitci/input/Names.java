package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.regex.Pattern;

/** Names that buildx gives to builders and nodes. */
final class Names {
    private static final Pattern BUILDER = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*");
    private static final Pattern CONTEXT = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.+-]+");

    private Names() {}

    /** A builder that can be created. */
    static String builder(String text) throws InvalidValue {
        if (text.equals("default")) {
            throw new InvalidValue(text, "is reserved for the engine's own builder");
        }
        return matching(text, BUILDER, "must start with a letter and hold letters, digits, '.', '_' and '-' only");
    }

    /** A builder that exists; a Docker context is one too. */
    static String builderOrContext(String text) throws InvalidValue {
        return BUILDER.matcher(text).matches()
                ? text
                : matching(text, CONTEXT, "not the name of a builder: letters, digits, '.', '_', '-' and '+' only");
    }

    /** @param reason what it must be, a clause that can follow a colon */
    static String matching(String text, Pattern form, String reason) throws InvalidValue {
        if (!form.matcher(text).matches()) {
            throw new InvalidValue(text, reason);
        }
        return text;
    }
}

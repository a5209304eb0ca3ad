package io.buildkitci.input;

import java.util.regex.Pattern;

/** Hides the values of attributes and arguments whose names speak of secrets, before a message repeats them. */
final class Masking {
    static final Pattern SECRET_NAME = Pattern.compile(
            "env\\..*|.*(?:token|secret|passw(?:or)?d|passphrase|credential|api_?key|access_?key|private_?key).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NAMED_VALUE =
            Pattern.compile("([\\w.-]+)=(.*?)(?=,\"?[\\w.-]+=|\"?$)", Pattern.DOTALL);
    private static final int LONGEST = 200;

    private Masking() {}

    static boolean looksSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** On one line, not too long, without the values of secrets. */
    static String mask(String text) {
        String masked = NAMED_VALUE
                .matcher(text)
                .replaceAll(m -> looksSecret(m.group(1))
                        ? m.group(1) + "=***"
                        : java.util.regex.Matcher.quoteReplacement(m.group()));
        String line = masked.replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}

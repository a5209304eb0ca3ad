package io.buildkitci.console;

import java.util.regex.Pattern;

/** A step's name as one line without control characters. */
final class Title {
    private static final String MORE = "...";
    private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}");

    private Title() {}

    /** @param masked the whole name, masked before anything is cut from it */
    static String of(String masked) {
        String first = masked.lines().findFirst().orElse("");
        String line = DIGEST.matcher(printable(first)).replaceAll("");
        return first.length() < masked.stripTrailing().length() ? line + " " + MORE : line;
    }

    /** The text, or its beginning and three dots, in so many characters. */
    static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = Math.max(0, width - MORE.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MORE.substring(0, Math.min(width, MORE.length()));
    }

    /** Control characters become spaces. */
    static String printable(String text) {
        return text.codePoints().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }
}

package io.buildkitci.builder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Driver options as {@code buildx inspect} prints them: {@code name="value" …}, values quoted as Go does it. */
final class DriverOptions {
    private static final Pattern OPTION = Pattern.compile("([^\\s=]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3})|(.))");

    private DriverOptions() {}

    static Map<String, String> parse(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            options.put(option.group(1), unquote(option.group(2)));
        }
        return options;
    }

    private static String unquote(String quoted) {
        return ESCAPE.matcher(quoted).replaceAll(e -> Matcher.quoteReplacement(unescape(e)));
    }

    private static String unescape(java.util.regex.MatchResult escape) {
        for (int hex = 1; hex <= 3; hex++) {
            if (escape.group(hex) != null) {
                return Character.toString(Integer.parseInt(escape.group(hex), 16));
            }
        }
        if (escape.group(4) != null) {
            return Character.toString(Integer.parseInt(escape.group(4), 8));
        }
        return switch (escape.group(5)) {
            case "a" -> "\u0007";
            case "b" -> "\b";
            case "f" -> "\f";
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "v" -> "\u000b";
            default -> escape.group(5);
        };
    }
}

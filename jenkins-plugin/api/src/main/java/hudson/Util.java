package hudson;

import hudson.util.VariableResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small things that Jenkins does to texts. */
public class Util {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|([A-Za-z0-9_]+)|\\{([A-Za-z0-9_.]+)})");

    private Util() {}

    public static String replaceMacro(String text, Map<String, String> variables) {
        return replaceMacro(text, variables::get);
    }

    /** Puts values for {@code $name} and <code>${name}</code>; unknown ones stay, two dollars become one. */
    public static String replaceMacro(String text, VariableResolver<String> variables) {
        if (text == null) {
            return null;
        }
        StringBuilder replaced = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            String name = reference.group(1) != null ? reference.group(1) : reference.group(2);
            String value = name == null ? "$" : variables.resolve(name);
            reference.appendReplacement(replaced, Matcher.quoteReplacement(value == null ? reference.group() : value));
        }
        return reference.appendTail(replaced).toString();
    }

    public static String fixNull(String text) {
        return text == null ? "" : text;
    }

    public static String fixEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    public static String fixEmptyAndTrim(String text) {
        return text == null ? null : fixEmpty(text.trim());
    }

    /** As the operating system lists them: {@code NAME=value}. */
    public static String[] mapToEnv(Map<String, String> variables) {
        List<String> lines = new ArrayList<>();
        variables.forEach((name, value) -> lines.add(name + "=" + value));
        return lines.toArray(String[]::new);
    }
}

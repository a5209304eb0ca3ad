package io.buildkitci.action.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step's log as GitHub's runner reads it: {@code ::name properties::data} at the start of a line (leading blanks do not
 * count), the older {@code ##[name properties]data} anywhere in a line, nothing while commands are stopped. Written from
 * actions/runner's {@code ActionCommand} and {@code ActionCommandManager}.
 *
 * @param commands those that the runner carries out
 * @param plain every other line
 * @param stopped whether commands were stopped at the end
 */
public record RunnerView(List<Command> commands, List<String> plain, boolean stopped) {
    private static final Pattern NEW =
            Pattern.compile("\\s*::([^ :]+)(?: ([^:]*(?::(?!:)[^:]*)*?))?::(.*)", Pattern.DOTALL);
    private static final Pattern OLD = Pattern.compile("##\\[([^ \\]]+)(?: ([^\\]]*))?\\](.*)", Pattern.DOTALL);
    private static final List<String> KNOWN = List.of(
            "add-mask",
            "add-matcher",
            "add-path",
            "debug",
            "echo",
            "endgroup",
            "error",
            "group",
            "internal-set-repo-path",
            "notice",
            "remove-matcher",
            "save-state",
            "set-env",
            "set-output",
            "stop-commands",
            "warning");

    /** One command, unescaped. */
    public record Command(String name, Map<String, String> properties, String data) {}

    public static RunnerView of(String log) {
        List<Command> commands = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        Optional<String> stop = Optional.empty();
        for (String line : log.split("\r\n|\n|\r", -1)) {
            Optional<Command> command = command(line, stop);
            if (stop.isPresent()) {
                boolean resume = command.map(Command::name).equals(stop);
                stop = resume ? Optional.empty() : stop;
                if (!resume) {
                    plain.add(line);
                }
            } else if (command.isEmpty()) {
                plain.add(line);
            } else {
                commands.add(command.get());
                stop = command.filter(c -> c.name().equals("stop-commands")).map(Command::data);
            }
        }
        return new RunnerView(commands, plain, stop.isPresent());
    }

    private static Optional<Command> command(String line, Optional<String> stop) {
        Matcher fresh = NEW.matcher(line);
        if (fresh.matches() && isKnown(fresh.group(1), stop)) {
            return Optional.of(command(fresh, ","));
        }
        Matcher old = OLD.matcher(line);
        return old.find() && isKnown(old.group(1), stop) ? Optional.of(command(old, ";")) : Optional.empty();
    }

    private static boolean isKnown(String name, Optional<String> stop) {
        return KNOWN.contains(name) || stop.equals(Optional.of(name));
    }

    private static Command command(Matcher match, String separator) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (match.group(2) != null) {
            for (String pair : match.group(2).split(separator, -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    properties.put(pair.substring(0, equals).strip(), unescape(pair.substring(equals + 1)));
                }
            }
        }
        return new Command(match.group(1), properties, unescape(match.group(3)));
    }

    private static String unescape(String text) {
        return text.replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%25", "%");
    }

    /** Those of one name. */
    public List<Command> all(String name) {
        return commands.stream().filter(c -> c.name().equals(name)).toList();
    }

    public List<String> data(String name) {
        return all(name).stream().map(Command::data).toList();
    }

    /** The lines between a group's title and its end, in the log of which this is the view. */
    public static Optional<List<String>> group(String log, String title) {
        List<String> lines = log.lines().toList();
        int begin = lines.indexOf("::group::" + title);
        if (begin < 0) {
            return Optional.empty();
        }
        List<String> inside = lines.subList(begin + 1, lines.size());
        return Optional.of(inside.subList(0, inside.indexOf("::endgroup::")));
    }

    /** A file of {@code name<<delimiter} and {@code name=value} entries, as the runner reads it; the last of a name counts. */
    public static Map<String, String> values(String file) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        while (at < file.length()) {
            int end = file.indexOf('\n', at);
            String line = file.substring(at, end < 0 ? file.length() : end);
            at = end < 0 ? file.length() : end + 1;
            int heredoc = line.indexOf("<<");
            int equals = line.indexOf('=');
            if (line.isEmpty()) {
                continue;
            }
            if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
                String close = "\n" + line.substring(heredoc + 2) + "\n";
                int closes = file.indexOf(close, at - 1);
                if (closes < 0) {
                    throw new IllegalArgumentException(
                            "Matching delimiter not found '" + line.substring(heredoc + 2) + "'");
                }
                values.put(line.substring(0, heredoc), closes < at ? "" : file.substring(at, closes));
                at = closes + close.length();
            } else if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("Invalid format '" + line + "'");
            }
        }
        return values;
    }
}

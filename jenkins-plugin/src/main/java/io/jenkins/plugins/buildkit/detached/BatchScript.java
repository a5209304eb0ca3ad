package io.jenkins.plugins.buildkit.detached;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What runs the client on Windows; pure. */
final class BatchScript {
    private static final String META = "()%!^\"<>&|";

    /** Of the command processor is 8191; what is redirected where comes after the command. */
    private static final int LONGEST_LINE = 7500;

    private static final Pattern BUILD_ARGUMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

    private BatchScript() {}

    /**
     * A command as it can be written there.
     *
     * @param environment variables that it needs in addition; values of build arguments
     */
    record Client(List<String> argv, Map<String, String> environment) {
        Client {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }

        /** Without values. */
        @Override
        public String toString() {
            return "Client[" + argv.get(0) + ", " + environment.keySet() + "]";
        }
    }

    /**
     * Hands build arguments of several lines over in variables of their names, of which buildx takes the values.
     *
     * @param isTaken whether there is a variable of a name already
     */
    static Client client(List<String> argv, Predicate<String> isTaken) {
        List<String> written = new ArrayList<>(argv);
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < argv.size(); i++) {
            Matcher argument = BUILD_ARGUMENT.matcher(argv.get(i));
            boolean several = argv.get(i - 1).equals("--build-arg") && hasLines(argv.get(i)) && argument.matches();
            if (several && !isTaken.test(argument.group(1)) && !environment.containsKey(argument.group(1))) {
                written.set(i, argument.group(1));
                environment.put(argument.group(1), argument.group(2));
            }
        }
        return new Client(written, environment);
    }

    private static boolean hasLines(String argument) {
        return argument.indexOf('\n') >= 0 || argument.indexOf('\r') >= 0;
    }

    /** Why there can be no script: the command processor takes one line for a command, and none that is too long. */
    static Optional<String> obstacle(List<String> argv) {
        for (int i = 0; i < argv.size(); i++) {
            if (hasLines(argv.get(i))) {
                String flag = i > 0 && argv.get(i - 1).startsWith("--") ? " of " + argv.get(i - 1) : "";
                return Optional.of("a value" + flag + " has several lines, which cannot be given to buildx on a Windows"
                        + " agent; write it in one line, or into the Dockerfile or a file that it reads");
            }
        }
        int length = command(argv).length();
        return length > LONGEST_LINE
                ? Optional.of("the command of this build has " + length + " characters, and the command processor of a"
                        + " Windows agent takes " + LONGEST_LINE
                        + "; write labels and arguments into the Dockerfile or a file that it reads")
                : Optional.empty();
    }

    /**
     * @param there where it runs; empty for where the script is started
     * @param directory the private one, absolute
     */
    static String render(Optional<String> there, List<String> argv, String directory) {
        String dir = path(directory);
        return String.join(
                "\r\n",
                "@echo off",
                "chcp 65001 > NUL",
                there.map(path -> "cd /d \"" + path(path) + "\"\r\n").orElse("") + command(argv) + " < NUL > \"" + dir
                        + "\\" + ClientFiles.OUTPUT + "\" 2> \"" + dir + "\\" + ClientFiles.TRACE + "\"",
                // a digit before the sign would be the number of a stream
                "> \"" + dir + "\\" + ClientFiles.EXIT + ".tmp\" echo %ERRORLEVEL%",
                "move /Y \"" + dir + "\\" + ClientFiles.EXIT + ".tmp\" \"" + dir + "\\" + ClientFiles.EXIT + "\" > NUL",
                "");
    }

    private static String path(String path) {
        return path.replace('/', '\\').replace("%", "%%");
    }

    private static String command(List<String> argv) {
        StringJoiner client = new StringJoiner(" ");
        argv.forEach(argument -> client.add(escaped(argument)));
        return client.toString();
    }

    /** Quoted for the program, then every character escaped that means something to the command processor. */
    private static String escaped(String argument) {
        StringBuilder escaped = new StringBuilder();
        String quoted = quoted(argument);
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '%') {
                escaped.append("%%");
            } else {
                escaped.append(META.indexOf(c) >= 0 ? "^" : "").append(c);
            }
        }
        return escaped.toString();
    }

    /** As the C runtime splits: backslashes count only before a quote. */
    static String quoted(String argument) {
        StringBuilder quoted = new StringBuilder("\"");
        int backslashes = 0;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '"') {
                quoted.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.append(c);
        }
        return quoted.append("\\".repeat(backslashes)).append('"').toString();
    }
}

package io.jenkins.plugins.buildkit.detached;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What runs the client on Windows; pure. */
final class BatchScript {
    private static final String META = "()%!^\"<>&|";

    private BatchScript() {}

    /** Why there can be no script: the command processor takes one line for a command. */
    static Optional<String> obstacle(List<String> argv) {
        return argv.stream().anyMatch(a -> a.indexOf('\n') >= 0 || a.indexOf('\r') >= 0)
                ? Optional.of(
                        "a value of several lines cannot be given to buildx on a Windows agent; shorten it to one line"
                                + " or put it into a file")
                : Optional.empty();
    }

    /** @param directory the private one, absolute */
    static String render(List<String> argv, String directory) {
        String dir = directory.replace('/', '\\').replace("%", "%%");
        StringJoiner client = new StringJoiner(" ");
        argv.forEach(argument -> client.add(escaped(argument)));
        return String.join(
                "\r\n",
                "@echo off",
                "chcp 65001 > NUL",
                client + " < NUL > \"" + dir + "\\" + ClientFiles.OUTPUT + "\" 2> \"" + dir + "\\" + ClientFiles.TRACE
                        + "\"",
                "echo %ERRORLEVEL%> \"" + dir + "\\" + ClientFiles.EXIT + ".tmp\"",
                "move /Y \"" + dir + "\\" + ClientFiles.EXIT + ".tmp\" \"" + dir + "\\" + ClientFiles.EXIT + "\" > NUL",
                "");
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

package io.jenkins.plugins.buildkit.detached;

import io.buildkitci.process.Command;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What runs the client on a node that is no Windows; pure. */
final class ShellScript {
    private ShellScript() {}

    /**
     * No secret is in it. It runs under {@code sh -xe}, but must go on after a client that failed, and not repeat its
     * commands.
     *
     * @param directory the private one, absolute
     */
    static String render(Command command, String directory) {
        StringJoiner client = new StringJoiner(" ");
        command.argv().forEach(argument -> client.add(quoted(argument)));
        String there = command.directory()
                .map(path -> "{ cd " + quoted(path) + " && exec " + client + "; }")
                .orElse(client.toString());
        return """
                set +xe
                dir=%s
                if [ -f "$dir/%s" ]; then
                  . "$dir/%s"
                  rm -f "$dir/%s"
                fi
                %s < /dev/null > "$dir/%s" 2> "$dir/%s" &
                client=$!
                echo "$client" > "$dir/%s"
                wait "$client"
                echo "$?" > "$dir/%s.tmp"
                mv "$dir/%s.tmp" "$dir/%s"
                """.formatted(
                        quoted(directory),
                        ClientFiles.ENVIRONMENT,
                        ClientFiles.ENVIRONMENT,
                        ClientFiles.ENVIRONMENT,
                        there,
                        ClientFiles.OUTPUT,
                        ClientFiles.TRACE,
                        ClientFiles.PROCESS,
                        ClientFiles.EXIT,
                        ClientFiles.EXIT,
                        ClientFiles.EXIT);
    }

    /** The file of variables: through a launcher they would show on the command lines of {@code docker exec} and its like. */
    static String environment(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(variables)
                .forEach((name, value) -> text.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n'));
        return text.toString();
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

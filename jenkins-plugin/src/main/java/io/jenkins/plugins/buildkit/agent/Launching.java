package io.jenkins.plugins.buildkit.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts processes by the step's launcher, so that they run where the step's other processes do: in a container, with the
 * variables of {@code withEnv}, in the workspace. Neither commands nor variables are shown in the build's log.
 */
final class Launching {
    private final Launcher launcher;
    private final FilePath workspace;
    private final EnvVars environment;

    /** @param environment the step's */
    Launching(Launcher launcher, FilePath workspace, EnvVars environment) {
        this.launcher = launcher;
        this.workspace = workspace;
        this.environment = new EnvVars(environment);
    }

    /** Where its two streams go. */
    record Streams(OutputStream out, OutputStream err) {}

    boolean isUnix() {
        return launcher.isUnix();
    }

    /**
     * @param variables in addition to the step's
     * @param directory relative ones begin at the workspace; empty means there
     */
    Proc start(List<String> argv, Map<String, String> variables, String directory, Streams streams) throws IOException {
        boolean[] hidden = new boolean[argv.size()];
        Arrays.fill(hidden, true);
        EnvVars all = new EnvVars(environment);
        all.putAll(variables);
        return launcher.launch()
                .cmds(literal(argv))
                .masks(hidden)
                .quiet(true)
                .envs(literal(all))
                .pwd(directory.isEmpty() ? workspace : new FilePath(workspace, directory))
                .stdout(streams.out())
                .stderr(streams.err())
                .start();
    }

    /** Ends all processes that have this variable, as far as the launcher can. */
    void kill(String variable, String value) throws IOException, InterruptedException {
        launcher.kill(Map.of(variable, value));
    }

    /** Launchers replace {@code $name} in arguments and values, and two dollars by one. */
    static String literal(String text) {
        return text.replace("$", "$$");
    }

    private static List<String> literal(List<String> texts) {
        List<String> literal = new ArrayList<>();
        for (String text : texts) {
            literal.add(literal(text));
        }
        return literal;
    }

    private static Map<String, String> literal(Map<String, String> variables) {
        Map<String, String> literal = new TreeMap<>();
        variables.forEach((name, value) -> literal.put(name, literal(value)));
        return literal;
    }
}

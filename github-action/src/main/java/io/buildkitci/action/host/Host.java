package io.buildkitci.action.host;

import io.buildkitci.build.Tools;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.input.Outside;
import io.buildkitci.install.Installer;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process that a step runs in.
 *
 * @param environment of the process
 * @param out for results
 * @param err for progress, notes and failures
 * @param terminal what standard error is connected to
 * @param installs what tools that are missing are got with
 * @param version of this program
 */
public record Host(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        Tools tools,
        Installer.Ports installs,
        String version) {
    /** The variable that names the buildx to use. */
    public static final String BUILDX = "BUILDKIT_CI_BUILDX";

    /** The variable that names the folder with BuildKit's programs. */
    public static final String BUILDKIT = "BUILDKIT_CI_BUILDKIT";

    public Host {
        environment = Map.copyOf(environment);
    }

    /** Where this process' Docker clients are and what they talk to. */
    public ClientEnvironment clients() {
        Path home = Path.of(System.getProperty("user.home", "."));
        return ClientEnvironment.from(environment, home, ClientEnvironment.Os.parse(System.getProperty("os.name", "")));
    }

    /** Whether the engine that is talked to has another kernel and other files than this machine. */
    public boolean engineIsElsewhere() {
        return new BuilderStore(tools.files(), clients()).engineIsElsewhere();
    }

    /** The same process with one variable more. */
    public Host with(String variable, String value) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(variable, value);
        return new Host(variables, out, err, terminal, tools, installs, version);
    }

    /** The buildx binary that a person named instead of the one that would be found. */
    public Optional<Path> buildxProgram() {
        return variable(BUILDX).filter(v -> !v.isEmpty()).flatMap(Host::path);
    }

    /** What checking inputs may know of it. */
    public Outside outside() {
        return new Outside(
                this::variable,
                text -> path(text).filter(tools.files()::isReadable).isPresent(),
                text -> path(text).filter(tools.files()::isDirectory).isPresent(),
                text -> path(text).flatMap(tools.files()::read));
    }

    /** Empty for a text that no path can be, as a URL on Windows. */
    public static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /** Names of variables only: values can be secrets. */
    @Override
    public String toString() {
        return "Host[" + environment.size() + " variables, " + terminal + "]";
    }
}

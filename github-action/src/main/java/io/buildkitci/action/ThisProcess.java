package io.buildkitci.action;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.Terminal;
import io.buildkitci.build.Tools;
import io.buildkitci.console.TerminalSize;
import io.buildkitci.docker.CliDockerEngine;
import io.buildkitci.install.Installer;
import io.buildkitci.local.LocalBinaries;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWeb;
import io.buildkitci.local.LocalWorkspaces;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.qemu.HostPlatform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The process that this program runs in, as a host. */
final class ThisProcess {
    private static final int BUFFER = 8192;

    private ThisProcess() {}

    static Host host() {
        Map<String, String> environment = System.getenv();
        Charset charset = charset();
        ProcessRunner processes = new LocalProcessRunner().hiding(name -> isOurs(name, environment));
        HostFiles files = new LocalFiles();
        Tools tools = new Tools(
                HostPlatform.from(System.getProperty("os.name", ""), System.getProperty("os.arch", "")),
                processes,
                files,
                LocalWorkspaces.ofThisUser(),
                new CliDockerEngine(processes, List.of("docker")),
                new SocketReachability(),
                InstantSource.system());
        return new Host(
                environment,
                stream(FileDescriptor.out, charset),
                stream(FileDescriptor.err, charset),
                Terminal.of(environment, onTerminal(), charset.name(), size()),
                tools,
                new Installer.Ports(new LocalWeb(environment), new LocalBinaries(), files, tools.clock()),
                version());
    }

    /**
     * What was handed to us and is no business of the programs that we start: inputs, with secrets among them. Secrets are
     * given to the one process that needs them; a variable that {@code secret-envs} names is read by buildx itself.
     */
    private static boolean isOurs(String variable, Map<String, String> environment) {
        boolean input = variable.startsWith("INPUT_")
                || variable.startsWith("BUILDER_NODE_")
                || variable.equals("BUILDKIT_CI_SECRETS")
                || variable.equals("BUILDKIT_CI_CACHE_TOKEN");
        return input
                && Stream.of("INPUT_SECRET-ENVS", "BUILDKIT_CI_SECRET_ENVS")
                        .noneMatch(name -> environment.getOrDefault(name, "").contains(variable));
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), true, charset);
    }

    /** Java 17 writes in the locale's charset only to a console; a C locale in a CI log is UTF-8 in practice. */
    private static Charset charset() {
        Charset locale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        boolean ascii =
                locale.equals(StandardCharsets.US_ASCII) || locale.name().equals("ANSI_X3.4-1968");
        return ascii ? StandardCharsets.UTF_8 : locale;
    }

    /** The launcher says it, for Java cannot ask about standard error alone. */
    private static boolean onTerminal() {
        return Boolean.getBoolean("buildkitci.terminal");
    }

    /** What {@code stty size} told the launcher: rows and columns. */
    private static TerminalSize size() {
        String[] told = System.getProperty("buildkitci.size", "").split(" ", -1);
        try {
            return told.length == 2
                    ? new TerminalSize(Integer.parseInt(told[1]), Integer.parseInt(told[0]))
                    : TerminalSize.USUAL;
        } catch (NumberFormatException e) {
            return TerminalSize.USUAL;
        }
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}

package io.buildkitci.builder;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of a process' environment decides where the Docker clients are and which engine and builder they talk to.
 *
 * @param dockerConfig {@code $DOCKER_CONFIG} or {@code ~/.docker}
 * @param buildxConfig where buildx keeps its builders
 * @param dockerHost {@code $DOCKER_HOST}; wins over every context
 * @param dockerContext {@code $DOCKER_CONTEXT}
 * @param tls whether the engine of {@code $DOCKER_HOST} is talked to with TLS: {@code $DOCKER_TLS_VERIFY} or {@code
 *     $DOCKER_TLS} is set, whatever to
 * @param builder {@code $BUILDX_BUILDER}
 * @param daemons where the builders that are processes of our own are kept
 * @param buildkitHost {@code $BUILDKIT_HOST}, the address that buildctl talks to
 * @param buildkit the folder of BuildKit's programs that a person named
 * @param path the folders that programs are looked up in
 * @param insidePlugin whether we were started by a plugin of {@code docker}: a plugin binary called from there does
 *     not see that it is on its own
 */
public record ClientEnvironment(
        Os os,
        Path home,
        Path dockerConfig,
        Path buildxConfig,
        Optional<String> dockerHost,
        Optional<String> dockerContext,
        boolean tls,
        Optional<String> builder,
        Path daemons,
        Optional<String> buildkitHost,
        Optional<Path> buildkit,
        List<Path> path,
        Optional<Path> programFiles,
        boolean insidePlugin) {
    public ClientEnvironment {
        path = List.copyOf(path);
    }

    /** The systems that Docker's clients have different places on. */
    public enum Os {
        LINUX,
        MACOS,
        WINDOWS;

        /** @param name as Java's {@code os.name} has it */
        public static Os parse(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("windows")) {
                return WINDOWS;
            }
            return lower.startsWith("mac") || lower.startsWith("darwin") ? MACOS : LINUX;
        }

        /** File name of a program. */
        String program(String name) {
            return this == WINDOWS ? name + ".exe" : name;
        }
    }

    /** @param variables of the process that will call the clients; only a few are read, none is kept */
    public static ClientEnvironment from(Map<String, String> variables, Path home, Os os) {
        Path dockerConfig = path(variables, "DOCKER_CONFIG", home.resolve(".docker"));
        return new ClientEnvironment(
                os,
                home,
                dockerConfig,
                path(variables, "BUILDX_CONFIG", dockerConfig.resolve("buildx")),
                text(variables, "DOCKER_HOST"),
                text(variables, "DOCKER_CONTEXT"),
                text(variables, "DOCKER_TLS_VERIFY").isPresent()
                        || text(variables, "DOCKER_TLS").isPresent(),
                text(variables, "BUILDX_BUILDER"),
                path(variables, "XDG_STATE_HOME", home.resolve(".local").resolve("state"))
                        .resolve("buildkit-ci")
                        .resolve("builders"),
                text(variables, "BUILDKIT_HOST"),
                text(variables, "BUILDKIT_CI_BUILDKIT").map(Path::of),
                folders(text(variables, "PATH").orElse(text(variables, "Path").orElse("")), os),
                text(variables, "ProgramFiles").map(Path::of),
                text(variables, "DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND").isPresent());
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    private static Path path(Map<String, String> variables, String name, Path otherwise) {
        Optional<String> value = text(variables, name);
        return value.isPresent() ? Path.of(value.get()) : otherwise;
    }

    private static List<Path> folders(String path, Os os) {
        List<Path> folders = new ArrayList<>();
        for (String folder : path.split(os == Os.WINDOWS ? ";" : ":", -1)) {
            try {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            } catch (InvalidPathException e) {
                // the system ignores such an entry too
            }
        }
        return folders;
    }

    /** Where builders are: the directory of buildx and the engine. */
    String place() {
        return buildxConfig + " " + dockerHost.or(() -> dockerContext).orElse("");
    }

    /** Programs of that name along {@code PATH}, whether they exist or not. */
    public List<Path> onPath(String name) {
        List<Path> programs = new ArrayList<>();
        for (Path folder : path) {
            programs.add(folder.resolve(os.program(name)));
        }
        return programs;
    }
}

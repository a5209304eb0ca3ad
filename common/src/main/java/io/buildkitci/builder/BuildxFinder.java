package io.buildkitci.builder;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds how buildx is called: the plugin's own binary, which is quicker than through {@code docker}, or that. */
public final class BuildxFinder {
    private static final List<String> SYSTEM_FOLDERS = List.of(
            "/usr/local/lib/docker/cli-plugins",
            "/usr/local/libexec/docker/cli-plugins",
            "/usr/lib/docker/cli-plugins",
            "/usr/libexec/docker/cli-plugins");

    private final HostFiles files;
    private final ClientEnvironment environment;

    public BuildxFinder(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.environment = environment;
    }

    /** Where buildx was found, or not. */
    public sealed interface Finding {}

    /** @param command program and first arguments; a buildx command such as {@code build} follows */
    public record Found(List<String> command) implements Finding {
        public Found {
            command = List.copyOf(command);
        }
    }

    /** @param looked every place that was looked at, in order */
    public record Missing(List<String> looked) implements Finding {
        public Missing {
            looked = List.copyOf(looked);
        }
    }

    /** @param explicit the program that the person asked for; when it cannot be run, nothing else is taken instead */
    public Finding find(Optional<Path> explicit) {
        List<Path> places = explicit.map(List::of).orElseGet(this::plugins);
        Optional<List<String>> plugin =
                places.stream().filter(files::isExecutable).findFirst().map(this::direct);
        if (plugin.isPresent() || explicit.isPresent()) {
            return plugin.<Finding>map(Found::new).orElseGet(() -> new Missing(texts(places)));
        }
        Optional<Path> docker = docker();
        if (docker.isPresent()) {
            return new Found(List.of(docker.get().toString(), "buildx"));
        }
        List<String> looked = new ArrayList<>(texts(places));
        looked.addAll(texts(environment.onPath("docker").toList()));
        return new Missing(looked);
    }

    /** The {@code docker} program along {@code PATH}. */
    public Optional<Path> docker() {
        return environment.onPath("docker").filter(files::isExecutable).findFirst();
    }

    /** Below another plugin of docker, the binary takes itself for called by docker and wants its own name first. */
    private List<String> direct(Path plugin) {
        return environment.insidePlugin() ? List.of(plugin.toString(), "buildx") : List.of(plugin.toString());
    }

    private List<Path> plugins() {
        String name = environment.os().program("docker-buildx");
        Stream<Path> personal = Stream.of(
                environment.dockerConfig().resolve("cli-plugins"),
                environment.home().resolve(".docker").resolve("cli-plugins"));
        Stream<Path> inFolders = Stream.concat(personal, systemFolders()).map(folder -> folder.resolve(name));
        Stream<Path> onPath = Stream.of("docker-buildx", "buildx").flatMap(environment::onPath);
        return Stream.concat(inFolders, onPath).distinct().toList();
    }

    private Stream<Path> systemFolders() {
        Stream<Path> unix = SYSTEM_FOLDERS.stream().map(Path::of);
        return switch (environment.os()) {
            case LINUX -> unix;
            case MACOS ->
                Stream.concat(unix, Stream.of(Path.of("/Applications/Docker.app/Contents/Resources/cli-plugins")));
            case WINDOWS ->
                environment.programFiles().stream().map(p -> p.resolve("Docker").resolve("cli-plugins"));
        };
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}

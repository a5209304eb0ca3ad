package io.buildkitci.builder;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        List<Path> places = explicit.isPresent() ? List.of(explicit.get()) : plugins();
        Optional<Path> plugin = firstExecutable(places);
        if (plugin.isPresent()) {
            return new Found(direct(plugin.get()));
        }
        if (explicit.isPresent()) {
            return new Missing(texts(places));
        }
        Optional<Path> docker = docker();
        if (docker.isPresent()) {
            return new Found(List.of(docker.get().toString(), "buildx"));
        }
        List<String> looked = texts(places);
        looked.addAll(texts(environment.onPath("docker")));
        return new Missing(looked);
    }

    /** The {@code docker} program along {@code PATH}. */
    public Optional<Path> docker() {
        return firstExecutable(environment.onPath("docker"));
    }

    private Optional<Path> firstExecutable(List<Path> places) {
        for (Path place : places) {
            if (files.isExecutable(place)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Below another plugin of docker, the binary takes itself for called by docker and wants its own name first. */
    private List<String> direct(Path plugin) {
        return environment.insidePlugin() ? List.of(plugin.toString(), "buildx") : List.of(plugin.toString());
    }

    private List<Path> plugins() {
        String name = environment.os().program("docker-buildx");
        Set<Path> plugins = new LinkedHashSet<>();
        plugins.add(environment.dockerConfig().resolve("cli-plugins").resolve(name));
        plugins.add(environment.home().resolve(".docker").resolve("cli-plugins").resolve(name));
        for (Path folder : systemFolders()) {
            plugins.add(folder.resolve(name));
        }
        plugins.addAll(environment.onPath("docker-buildx"));
        plugins.addAll(environment.onPath("buildx"));
        return List.copyOf(plugins);
    }

    private List<Path> systemFolders() {
        List<Path> folders = new ArrayList<>();
        if (environment.os() == ClientEnvironment.Os.WINDOWS) {
            environment
                    .programFiles()
                    .ifPresent(p -> folders.add(p.resolve("Docker").resolve("cli-plugins")));
            return folders;
        }
        for (String folder : SYSTEM_FOLDERS) {
            folders.add(Path.of(folder));
        }
        if (environment.os() == ClientEnvironment.Os.MACOS) {
            folders.add(Path.of("/Applications/Docker.app/Contents/Resources/cli-plugins"));
        }
        return folders;
    }

    private static List<String> texts(List<Path> paths) {
        List<String> texts = new ArrayList<>();
        for (Path path : paths) {
            texts.add(path.toString());
        }
        return texts;
    }
}

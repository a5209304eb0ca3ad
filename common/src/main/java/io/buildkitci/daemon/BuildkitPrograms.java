package io.buildkitci.daemon;

import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds BuildKit's programs: in the folder that a person named, else along {@code PATH}. */
public final class BuildkitPrograms {
    /** BuildKit's own client. */
    public static final String CLIENT = "buildctl";

    private final HostFiles files;
    private final ClientEnvironment environment;

    public BuildkitPrograms(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.environment = environment;
    }

    public Optional<Path> buildctl() {
        return find(CLIENT);
    }

    public Optional<Path> buildkitd() {
        return find("buildkitd");
    }

    Optional<Path> find(String program) {
        for (Path place : places(program)) {
            if (files.isExecutable(place)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Every place that is looked at, in order. */
    List<Path> places(String program) {
        List<Path> places = new ArrayList<>();
        environment.buildkit().ifPresent(folder -> places.add(folder.resolve(program)));
        places.addAll(environment.onPath(program));
        return places;
    }

    /** What {@code PATH} must be for buildkitd to find the programs beside it. */
    String path() {
        List<String> folders = new ArrayList<>();
        environment.buildkit().ifPresent(folder -> folders.add(folder.toString()));
        environment.path().forEach(folder -> folders.add(folder.toString()));
        return String.join(":", folders);
    }
}

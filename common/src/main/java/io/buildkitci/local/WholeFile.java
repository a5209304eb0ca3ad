package io.buildkitci.local;

import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A file for a person, written beside its place and put there when it is whole.
 *
 * @param workspaces for a note of what is begun, with which a killed process's goes
 */
record WholeFile(Path file, HostFiles files, Workspaces workspaces) {
    private static final String FRESH = ".buildkit-ci.fresh-";

    void write(byte[] content) throws IOException {
        Optional<Path> place = place();
        if (place.isEmpty()) {
            files.write(file, content);
            return;
        }
        Optional<Workspace> noted = opened();
        try {
            String run = noted.map(workspace -> workspace.path().getFileName().toString())
                    .orElseGet(() -> UUID.randomUUID().toString());
            Path fresh = place.get().resolveSibling(FRESH + run);
            if (noted.isPresent()) {
                noted.get().noteElsewhere(List.of(fresh));
            }
            put(content, fresh, place.get());
        } finally {
            noted.ifPresent(Workspace::close);
        }
    }

    private void put(byte[] content, Path fresh, Path place) throws IOException {
        try {
            files.write(fresh, content);
            files.deliver(fresh, place);
        } finally {
            files.remove(fresh);
        }
    }

    /** Empty where that disk is full: then nobody will know what a killed process had begun. */
    private Optional<Workspace> opened() {
        try {
            return Optional.of(workspaces.open());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty where nothing can be put in the place of what is there: it is written to. */
    private Optional<Path> place() throws IOException {
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
            return Optional.empty();
        }
        Path place = Links.end(file);
        boolean anOpenFile = place.startsWith("/proc"); // what /dev/stdout leads to
        return anOpenFile || !Files.isWritable(place.resolveSibling(".")) ? Optional.empty() : Optional.of(place);
    }
}

package io.buildkitci.build;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What runs that are dead had begun to write beside its place: its name ends with that of their workspace. */
final class Abandoned {
    private Abandoned() {}

    /**
     * Removes that of the same place as what this run will write.
     *
     * @param workspace of this run: the workspaces of other runs that live are beside it
     */
    static void remove(Path fresh, Path workspace, HostFiles files) throws IOException {
        Path parent = Optional.ofNullable(fresh.getParent()).orElse(Path.of("."));
        String name = fresh.getFileName().toString();
        String prefix = name.substring(
                0, name.length() - workspace.getFileName().toString().length());
        for (String other : files.list(parent)) {
            boolean ofARun = other.startsWith(prefix);
            if (ofARun && !files.isDirectory(workspace.resolveSibling(other.substring(prefix.length())))) {
                files.remove(parent.resolve(other));
            }
        }
    }
}

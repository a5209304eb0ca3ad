package io.buildkitci.build;

import io.buildkitci.plan.BuildPlan.Staged;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/** Outputs on this machine: written beside their places, put there after a good build, gone after a bad one. */
final class OutputFiles {
    private final HostFiles files;
    private final List<Staged> staged;

    OutputFiles(HostFiles files, List<Staged> staged) {
        this.files = files;
        this.staged = staged;
    }

    /**
     * Looks before the build whether they can be put there, and removes what killed runs left.
     *
     * @param workspace of this run
     */
    void prepare(Path workspace) throws IOException {
        for (Staged output : staged) {
            Path fresh = Path.of(output.fresh());
            boolean file = !fresh.startsWith(Path.of(output.target()));
            if (file && files.isDirectory(Path.of(output.target()))) {
                throw new FileSystemException(output.target(), null, "is a directory; name a file");
            }
            Abandoned.remove(fresh, workspace, files);
        }
    }

    void deliver() throws IOException {
        for (Staged output : staged) {
            files.deliver(Path.of(output.fresh()), Path.of(output.target()));
        }
    }

    /** Removes what was not put in its place. */
    void discard() {
        for (Staged output : staged) {
            try {
                files.remove(Path.of(output.fresh()));
            } catch (IOException e) {
                // the next run to the same place finds it by its name and removes it
            }
        }
    }

    /** What the client says, in the names of the person. */
    String named(String line) {
        String named = line;
        for (Staged output : staged) {
            named = named.replace(output.fresh(), output.target());
        }
        return named;
    }
}

package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.plan.BuildPlan.Staged;
import io.buildkitci.process.HostFiles;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Outputs on this machine: written beside their places, put there after a good build, gone after a bad one. */
final class OutputFiles {
    private final HostFiles files;
    private final List<Staged> staged;
    private final Path base;

    /** @param base where the client runs */
    OutputFiles(HostFiles files, List<Staged> staged, Path base) {
        this.files = files;
        this.staged = List.copyOf(staged);
        this.base = base;
    }

    private Path fresh(Staged output) {
        return base.resolve(output.fresh());
    }

    private Path target(Staged output) {
        return base.resolve(output.target());
    }

    /** What the client writes. */
    List<Path> fresh() {
        return staged.stream().map(this::fresh).toList();
    }

    /**
     * Looks before the build whether they can be put there, and removes what killed runs left.
     *
     * @param workspace of this run
     */
    void prepare(Path workspace) throws IOException {
        for (Staged output : staged) {
            Path fresh = fresh(output);
            boolean file = !fresh.startsWith(target(output));
            if (file && files.isDirectory(target(output))) {
                throw new FileSystemException(output.target(), null, "is a directory; name a file");
            }
            Abandoned.remove(fresh, workspace, files);
        }
    }

    /** Saves the client from writing again what is in layouts that it adds to. */
    void lend() {
        for (Staged output : staged) {
            if (output.layout()) {
                new OciLayout(files, target(output)).lendTo(fresh(output));
            }
        }
    }

    /** Puts them in their places; what stood in the way is a failure of the build. */
    Optional<BuildFailure> deliver(HostWords words) {
        try {
            for (Staged output : staged) {
                deliver(fresh(output), target(output), output.layout());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Finished.notWritten("the result was built, but not put in its place: ", e, words));
        }
    }

    private void deliver(Path fresh, Path target, boolean layout) throws IOException {
        if (!layout) {
            files.deliver(fresh, target);
        } else if (new OciLayout(files, target).isIn(fresh)) {
            new OciLayout(files, target).add(fresh);
        }
    }

    /** Removes what was not put in its place. */
    void discard() {
        for (Path fresh : fresh()) {
            try {
                files.remove(fresh);
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

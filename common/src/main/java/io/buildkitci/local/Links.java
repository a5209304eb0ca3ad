package io.buildkitci.local;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where symbolic links lead. */
final class Links {
    private static final int MOST = 40;

    private Links() {}

    /** The path at the end of all links, in a directory that there is; of the last name there need be nothing yet. */
    static Path end(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int i = 0; i < MOST; i++) {
            Path parent = at.getParent();
            if (parent == null) {
                return at;
            }
            if (!Files.isDirectory(parent)) {
                throw new NoSuchFileException(parent.toString(), null, "there is no such directory");
            }
            Path real = parent.toRealPath().resolve(at.getFileName());
            if (!Files.isSymbolicLink(real)) {
                return real;
            }
            at = real.resolveSibling(Files.readSymbolicLink(real));
        }
        throw new FileSystemLoopException(path.toString());
    }
}

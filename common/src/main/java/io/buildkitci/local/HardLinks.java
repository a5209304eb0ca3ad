package io.buildkitci.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Second names of the files below a directory. */
final class HardLinks {
    private HardLinks() {}

    /** As far as it goes: a file system, or its owner's rights, may not allow any. */
    static void make(Path directory, Path other) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes)
                        throws IOException {
                    Files.createDirectories(other.resolve(directory.relativize(entered)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        Files.createLink(other.resolve(directory.relativize(file)), file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | UnsupportedOperationException e) {
            // what is not linked is written again
        }
    }
}

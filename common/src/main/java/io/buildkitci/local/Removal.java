package io.buildkitci.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes whole trees without following links; another who removes or adds at the same time does no harm. */
final class Removal {
    private static final int ATTEMPTS = 5;

    private Removal() {}

    static void remove(Path path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                removeOnce(path);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void removeOnce(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            makeRemovable(path);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    removeOnce(child);
                }
            } catch (NoSuchFileException gone) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }

    /** Whether it helped is seen when the children are removed. */
    private static void makeRemovable(Path directory) {
        if (!(Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory))) {
            File owned = directory.toFile();
            owned.setReadable(true);
            owned.setWritable(true);
            owned.setExecutable(true);
        }
    }
}

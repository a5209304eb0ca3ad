package io.buildkitci.action.it;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** What is below a folder while builds and daemons go on: files that have gone meanwhile are left out. */
final class FilesBelow {
    private FilesBelow() {}

    /** Every regular file below. */
    static List<Path> of(Path folder) throws IOException {
        return all(folder).stream().filter(Files::isRegularFile).toList();
    }

    /** Everything below, directories too. */
    static List<Path> all(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                found.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                return unlessGone(problem);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException problem) throws IOException {
                return problem == null ? FileVisitResult.CONTINUE : unlessGone(problem);
            }
        });
        return found;
    }

    private static FileVisitResult unlessGone(IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }

    /** Every file whose content, unzipped where it is zipped, has this text. */
    static List<Path> with(String text, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : of(folder)) {
            if (content(file).contains(text)) {
                found.add(file);
            }
        }
        return found;
    }

    /** Bytes as characters, unzipped where they are zipped and whole. */
    static String content(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return "";
        }
        try {
            return new String(Archive.unzipped(bytes), StandardCharsets.ISO_8859_1);
        } catch (EOFException | ZipException cutOff) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}

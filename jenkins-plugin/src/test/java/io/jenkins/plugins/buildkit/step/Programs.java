package io.jenkins.plugins.buildkit.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of this machine for images that have none. */
final class Programs {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private Programs() {}

    /** With the libraries that it is linked to. */
    static void put(Path program, Path root) throws IOException, InterruptedException {
        copy(program, root);
        Process ldd = new ProcessBuilder("ldd", program.toString()).start();
        Matcher library = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        while (library.find()) {
            copy(Path.of(library.group(1)), root);
        }
        if (ldd.waitFor() != 0) {
            throw new AssertionError("ldd " + program);
        }
    }

    private static void copy(Path file, Path root) throws IOException {
        Path copy = root.resolve(file.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
    }
}

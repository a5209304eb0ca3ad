package io.buildkitci.local;

import io.buildkitci.process.Command;
import io.buildkitci.process.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a program of this machine could not be started. */
final class NotStartable {
    private NotStartable() {}

    /** What can be seen before trying. */
    static Optional<String> reasonBefore(Command command) {
        Optional<String> refused = StartRefusal.before(command);
        String directory = command.directory().orElse("");
        if (refused.isPresent() || directory.isEmpty() || isDirectory(directory)) {
            return refused;
        }
        return Optional.of(command.argv().get(0) + ": its working directory " + directory + " does not exist");
    }

    static String reason(Command command, IOException refusal) {
        String said = String.valueOf(refusal.getMessage());
        boolean known = !StartRefusal.reason(command, said, false).endsWith(said);
        boolean there = isFile(command.argv().get(0), command.directory().orElse(""));
        return StartRefusal.reason(command, known ? said : rootMessage(refusal), there);
    }

    private static boolean isDirectory(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isFile(String program, String directory) {
        try {
            return Files.isRegularFile(Path.of(directory).resolve(program));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String rootMessage(@Nullable Throwable thrown) {
        String message = "";
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            message = String.valueOf(t.getMessage());
        }
        return message;
    }
}

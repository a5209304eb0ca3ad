package io.buildkitci.local;

import io.buildkitci.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a program could not be started, in words that name it. */
final class NotStartable {
    private NotStartable() {}

    /** What can be seen before trying, among it all that the JDK would report with the value of a variable. */
    static Optional<String> reasonBefore(Command command) {
        String program = command.argv().get(0);
        for (String argument : command.argv()) {
            if (argument.indexOf('\0') >= 0) {
                return Optional.of(program.replace("\0", "\\0") + ": an argument contains a NUL character");
            }
        }
        for (Map.Entry<String, String> variable : command.environment().entrySet()) {
            String name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                return Optional.of(program + ": '" + name.replace("\0", "\\0") + "' cannot be a variable's name");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                return Optional.of(program + ": the value of the variable " + name + " contains a NUL character");
            }
        }
        String directory = command.directory().orElse("");
        return directory.isEmpty() || isDirectory(directory)
                ? Optional.empty()
                : Optional.of(program + ": its working directory " + directory + " does not exist");
    }

    static String reason(Command command, IOException refusal) {
        String program = command.argv().get(0);
        String said = String.valueOf(refusal.getMessage());
        boolean missing = says(said, 2);
        if (program.indexOf('/') < 0 && missing) {
            return program + ": no such program on the PATH";
        }
        if (missing) {
            return isFile(program, command.directory().orElse(""))
                    ? program + ": the interpreter that it names is missing"
                    : program + ": no such file";
        }
        if (says(said, 13)) {
            return program + ": not executable (permission denied)";
        }
        if (says(said, 7)) {
            return program + ": its arguments and environment are longer than this system allows";
        }
        return program + ": could not be started: " + rootMessage(refusal);
    }

    /** The JDK has no other way to tell the error number. */
    private static boolean says(String message, int errno) {
        return message.contains("error=" + errno + ",");
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

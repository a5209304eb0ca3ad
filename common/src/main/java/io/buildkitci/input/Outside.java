package io.buildkitci.input;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What checking may know of the machine on which the step runs.
 *
 * @param variable a variable of the step's environment
 * @param readableFile whether a path, relative to the step's directory, can be read and is no directory; true for
 *     sockets and pipes
 * @param directory whether a path, relative to the step's directory, is a directory
 * @param text of the file at a path, relative to the step's directory; empty where it cannot be read
 */
public record Outside(
        Function<String, Optional<String>> variable,
        Predicate<String> readableFile,
        Predicate<String> directory,
        Function<String, Optional<String>> text) {
    /** Where what stands in files is not known. */
    public Outside(
            Function<String, Optional<String>> variable, Predicate<String> readableFile, Predicate<String> directory) {
        this(variable, readableFile, directory, path -> Optional.empty());
    }
}

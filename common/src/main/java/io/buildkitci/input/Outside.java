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
 */
public record Outside(
        Function<String, Optional<String>> variable, Predicate<String> readableFile, Predicate<String> directory) {}

package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One call of a step.
 *
 * @param inputs from flags, environment and configuration file, in this order of precedence
 * @param problems of the command line and the file themselves, to be reported with those of the inputs
 * @param plan whether only the plan is to be shown
 * @param json whether the result is to be JSON
 * @param files where the result is to be written besides
 */
record Invocation(RawInput inputs, List<Problem> problems, boolean plan, boolean json, ReportFiles files, Host host) {
    /** Where the result is written besides, as JSON and as a page. */
    record ReportFiles(Optional<Path> json, Optional<Path> html) {}

    Invocation {
        problems = List.copyOf(problems);
    }

    Invocation with(List<Problem> more) {
        return new Invocation(
                inputs, Stream.concat(problems.stream(), more.stream()).toList(), plan, json, files, host);
    }
}

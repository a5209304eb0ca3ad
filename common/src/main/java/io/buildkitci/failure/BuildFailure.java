package io.buildkitci.failure;

import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Optional;

/**
 * Why a build did not succeed, in words for a person and in a code for a program.
 *
 * @param code stable; whose fault it is and whether a retry can help come from it
 * @param message one sentence without its full stop: what happened, to what
 * @param place where in the Dockerfile; empty when the client does not say
 * @param step the step that failed; empty when it was no step
 * @param clientLines the client's own last words, so that nothing has to be believed
 * @param advice one sentence: what to do about it
 * @param help where the code is explained: an address, or a page of this project's documentation
 */
public record BuildFailure(
        FailureCode code,
        String message,
        Optional<Place> place,
        Optional<FailedStep> step,
        List<String> clientLines,
        String advice,
        String help) {
    public BuildFailure {
        clientLines = List.copyOf(clientLines);
    }

    /** The same with other advice. */
    public BuildFailure advising(String other) {
        return new BuildFailure(code, message, place, step, clientLines, other, help);
    }

    public Blame blame() {
        return code.blame();
    }

    public boolean retryable() {
        return code.retryable();
    }

    public Optional<Platform> platform() {
        return step.flatMap(FailedStep::platform);
    }

    public Optional<String> stage() {
        return step.flatMap(FailedStep::stage);
    }

    /** What to show under the message: the step's last output, or the client's words where no step printed anything. */
    public List<String> details() {
        List<String> output = step.map(FailedStep::outputTail).orElse(List.of());
        return output.isEmpty() ? clientLines : output;
    }
}

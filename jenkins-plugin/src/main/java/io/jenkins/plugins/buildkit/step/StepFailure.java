package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.Ran;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.Problem;
import io.buildkitci.process.Redactor;
import java.util.List;
import java.util.Optional;

/** Failures as the last line of a build's log says them: what is wrong, and what to do about it. */
final class StepFailure {
    private StepFailure() {}

    /** Every problem of a step's parameters at once. */
    static String of(String step, List<Problem> problems) {
        return ofTexts(step, problems.stream().map(Problem::render).toList());
    }

    static String ofTexts(String step, List<String> problems) {
        StringBuilder text = new StringBuilder(step + ": "
                + (problems.size() == 1 ? "one parameter is" : problems.size() + " parameters are")
                + " wrong; nothing was run");
        problems.forEach(problem -> text.append("\n  ").append(problem.replace("\n", "\n    ")));
        return text.toString();
    }

    static String of(BuilderFailure failure) {
        StringBuilder text =
                new StringBuilder(failure.text() + "  [" + failure.code().id() + "]");
        failure.evidence().forEach(line -> text.append("\n  | ").append(line));
        return text + "\n  -> " + failure.advice() + "\n  see " + failure.code().help(BuildPreparation.WORDS);
    }

    /**
     * Without a stack trace, unless it is our own fault; empty when what was asked for was done.
     *
     * @param what did not come of it
     */
    static Optional<Exception> of(String what, Ran<?> ran, Redactor redactor) {
        return ran.failure().map(failure -> {
            String text = redactor.redact(text(what, failure));
            return failure.blame() == Blame.OURS ? new IllegalStateException(text) : new AbortException(text);
        });
    }

    private static String text(String what, BuildFailure failure) {
        String place = failure.place().map(p -> " (" + p.render() + ")").orElse("");
        return what + ": " + failure.message() + place + "  [" + failure.code().id() + "]\n  -> " + failure.advice()
                + "\n  see " + failure.help();
    }
}

package io.buildkitci.action.github;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.job.Job;
import io.buildkitci.action.runner.RunnerFiles;
import io.buildkitci.action.runner.StepLog;
import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.report.FailureText;
import io.buildkitci.report.Glyphs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run of an action: what it was given and where it writes to. */
record ActionRun(RawInput inputs, Host host, Job job, StepLog log, RunnerFiles files) {
    /** How things are called here, for advice. */
    GitHubWords words() {
        return GitHubWords.from(host.environment());
    }

    /** The same run with other inputs. */
    ActionRun with(RawInput others) {
        return new ActionRun(others, host, job, log, files);
    }

    /** The same run with another buildx. */
    ActionRun on(Host other) {
        return new ActionRun(inputs, other, job, log, files);
    }

    /** The work of an action, on inputs that are valid. */
    @FunctionalInterface
    interface Work<T> {
        int on(T value) throws InterruptedException;
    }

    /** Tells notices; then does the work, or tells every problem at once and does nothing. */
    <T> int then(Checked<T> checked, List<Problem> more, Work<T> work) throws InterruptedException {
        checked.notices().forEach(this::note);
        List<Problem> problems = new ArrayList<>(more);
        if (checked instanceof Checked.Invalid<T> invalid) {
            problems.addAll(invalid.problems());
        }
        if (checked instanceof Checked.Valid<T> valid && problems.isEmpty()) {
            return work.on(valid.value());
        }
        return refuse(problems);
    }

    void note(Notice notice) {
        note(notice.render());
    }

    /** Something that a person should know and that stops nothing. */
    void note(String text) {
        log.line("note: " + text);
    }

    int refuse(List<Problem> problems) {
        String title = (problems.size() == 1 ? "One input is" : problems.size() + " inputs are") + " wrong";
        StringBuilder text = new StringBuilder(title).append("; nothing was run");
        problems.forEach(problem -> text.append("\n- ").append(problem.render()));
        log.annotate(Level.ERROR, title, Spot.NONE, text.toString());
        return Blame.INPUT.exitCode();
    }

    /**
     * Tells a failure and gives the exit code for it.
     *
     * @param what a title: what did not come about
     */
    int fail(String what, BuilderFailure failure) {
        log.annotate(Level.ERROR, what, Spot.NONE, text(failure));
        return failure.code().blame().exitCode();
    }

    /** A failure with its code, what was said, and what to do. */
    String text(BuilderFailure failure) {
        return new FailureText(Glyphs.UNICODE).untitled(failure.told(words()));
    }

    int fail(Blame blame, String text, String advice) {
        log.annotate(Level.ERROR, "", Spot.NONE, text + (advice.isEmpty() ? "" : "\n-> " + advice));
        return blame.exitCode();
    }

    /** An output that cannot be written is told: later steps would go on with nothing. */
    void output(String name, String value) {
        try {
            files.output(name, value);
        } catch (IOException e) {
            log.warn("the output '" + name + "' was not written: " + e.getMessage());
        }
    }
}

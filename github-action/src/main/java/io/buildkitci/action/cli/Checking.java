package io.buildkitci.action.cli;

import io.buildkitci.failure.Blame;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import java.util.ArrayList;
import java.util.List;

/** From checked inputs to the work, or to the list of everything that is wrong with them. */
final class Checking {
    private Checking() {}

    /** The work of a step, on inputs that are valid. */
    @FunctionalInterface
    interface Work<T> {
        int on(T value) throws InterruptedException;
    }

    /** Tells notices; then does the work, or tells every problem at once and does nothing. */
    static <T> int then(Invocation invocation, String step, Checked<T> checked, Work<T> work)
            throws InterruptedException {
        checked.notices().forEach(notice -> invocation.host().err().println("note: " + notice.render()));
        List<Problem> problems = new ArrayList<>(invocation.problems());
        if (checked instanceof Checked.Invalid<T> invalid) {
            problems.addAll(invalid.problems());
        }
        if (checked instanceof Checked.Valid<T> valid && problems.isEmpty()) {
            return work.on(valid.value());
        }
        invocation.host().err().println(render(step, problems));
        return Blame.INPUT.exitCode();
    }

    private static String render(String step, List<Problem> problems) {
        StringBuilder text = new StringBuilder("buildkit-ci " + step + ": "
                + (problems.size() == 1 ? "one input is" : problems.size() + " inputs are")
                + " wrong; nothing was run\n");
        problems.forEach(problem -> text.append("\n  ").append(problem.render().replace("\n", "\n    ")));
        return text + "\n\nbuildkit-ci " + step + " --help lists every input.";
    }
}

package io.buildkitci.builder;

import io.buildkitci.process.Command;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import java.util.ArrayList;
import java.util.List;

/**
 * Expects exactly the calls that it was told, in order. {@link FakeProcessRunner} plays them, but answers in any order:
 * here the order is what is tested, because the same question is asked before and after a change.
 */
final class ScriptedProcessRunner implements ProcessRunner {
    private final FakeProcessRunner player = new FakeProcessRunner();
    private final List<String> script = new ArrayList<>();

    /** @param argv words joined by spaces; a {@code *} stands for any one word */
    ScriptedProcessRunner says(String argv, String out) {
        return says(argv, out, "");
    }

    /** Succeeds, and talks to people meanwhile. */
    ScriptedProcessRunner says(String argv, String out, String err) {
        next(argv).out(lines(out)).err(lines(err));
        return this;
    }

    ScriptedProcessRunner fails(String argv, String err) {
        return exits(argv, 1, err);
    }

    ScriptedProcessRunner exits(String argv, int status, String err) {
        next(argv).err(lines(err)).exit(status);
        return this;
    }

    ScriptedProcessRunner doesNotStart(String argv, String reason) {
        next(argv).notStarted(reason);
        return this;
    }

    /** Succeeds, and changes something. */
    ScriptedProcessRunner does(String argv, Runnable change) {
        next(argv).run((command, output) -> {
            change.run();
            return new Outcome.Exited(0);
        });
        return this;
    }

    ScriptedProcessRunner isInterrupted(String argv) {
        next(argv).run((command, output) -> {
            throw new InterruptedException("as scripted");
        });
        return this;
    }

    private FakeProcessRunner.Answer next(String argv) {
        script.add(argv);
        int turn = script.size();
        return player.when(command -> ran().size() == turn && matches(argv, command.argv()));
    }

    private static String[] lines(String text) {
        return text.lines().toArray(String[]::new);
    }

    private static boolean matches(String expected, List<String> argv) {
        List<String> words = List.of(expected.split(" ", -1));
        if (words.size() != argv.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).equals("*") && !words.get(i).equals(argv.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        Outcome outcome = player.run(command, output);
        if (!player.unanswered().isEmpty()) {
            throw new AssertionError("expected " + script + " but ran " + player.commandLines());
        }
        return outcome;
    }

    /** What was run, in order. */
    List<Command> ran() {
        return player.commands();
    }

    void assertEverythingRan() {
        if (ran().size() < script.size()) {
            throw new AssertionError("never ran: " + script.subList(ran().size(), script.size()));
        }
    }
}

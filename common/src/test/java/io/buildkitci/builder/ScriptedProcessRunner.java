package io.buildkitci.builder;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Expects exactly the calls that it was told, in order, and gives the answers that were written for them. */
final class ScriptedProcessRunner implements ProcessRunner {
    private final Deque<Call> script = new ArrayDeque<>();
    private final List<Command> ran = new ArrayList<>();

    /** A call and its answer; no outcome means that the caller is interrupted meanwhile. */
    private record Call(String argv, Optional<Outcome> outcome, String out, String err) {}

    /** @param argv words joined by spaces; a {@code *} stands for any one word */
    ScriptedProcessRunner says(String argv, String out) {
        return answers(argv, new Outcome.Exited(0), out, "");
    }

    ScriptedProcessRunner fails(String argv, String err) {
        return answers(argv, new Outcome.Exited(1), "", err);
    }

    ScriptedProcessRunner answers(String argv, Outcome outcome, String out, String err) {
        script.add(new Call(argv, Optional.of(outcome), out, err));
        return this;
    }

    ScriptedProcessRunner isInterrupted(String argv) {
        script.add(new Call(argv, Optional.empty(), "", ""));
        return this;
    }

    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        ran.add(command);
        Call call = script.poll();
        if (call == null || !matches(call.argv(), command.argv())) {
            throw new AssertionError("expected " + (call == null ? "no call" : call.argv()) + " but ran "
                    + String.join(" ", command.argv()));
        }
        if (call.outcome().isEmpty()) {
            throw new InterruptedException("as scripted");
        }
        call.out().lines().forEach(line -> output.line(LineListener.Stream.OUT, line));
        call.err().lines().forEach(line -> output.line(LineListener.Stream.ERR, line));
        return call.outcome().get();
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

    /** What was run, in order. */
    List<Command> ran() {
        return List.copyOf(ran);
    }

    void assertEverythingRan() {
        if (!script.isEmpty()) {
            throw new AssertionError(
                    "never ran: " + script.stream().map(Call::argv).toList());
        }
    }
}

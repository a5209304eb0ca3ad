package io.buildkitci.process;

/**
 * Runs programs. Safe for use by several threads.
 *
 * <p>Both streams are drained at once. When the calling thread is interrupted, the program is asked to end (SIGTERM, or
 * what the system has for it), given a few seconds, then killed, together with everything it started; only then is
 * {@link InterruptedException} thrown. Nothing that was started outlives the call.
 */
public interface ProcessRunner {
    /**
     * Runs a program to its end.
     *
     * @param output told every line as it comes; never called by two threads at once
     * @throws InterruptedException after the program and its descendants are gone
     */
    Outcome run(Command command, LineListener output) throws InterruptedException;

    /** Runs a program and keeps what it said. */
    default Captured capture(Command command) throws InterruptedException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        Outcome outcome = run(
                command,
                (stream, line) -> (stream == LineListener.Stream.OUT ? out : err)
                        .append(line)
                        .append('\n'));
        return new Captured(outcome, out.toString(), err.toString());
    }

    /** What a program said, both streams apart, every line ended by a newline. */
    record Captured(Outcome outcome, String out, String err) {
        public boolean succeeded() {
            return outcome.succeeded();
        }
    }
}

package io.buildkitci.process;

/**
 * Runs programs. Safe for use by several threads.
 *
 * <p>Both streams are drained at once; standard input is at its end. A program that runs into its timeout, or whose
 * calling thread is interrupted, is asked to end (SIGTERM, or what the system has for it), given a few seconds, then
 * killed, together with everything it started and that has not moved to another parent; what it says meanwhile is told.
 * A second interrupt cuts the seconds short.
 *
 * <p>A process that a program leaves behind when it ends by itself is left alone; what such a process writes is waited
 * for no longer than a second or two.
 */
public interface ProcessRunner {
    /**
     * Runs a program to its end. What can go wrong outside of us is in the outcome; a reason why it did not start names
     * the program and never the value of a variable.
     *
     * @param output told every line as it comes, perhaps on another thread; never called by two threads at once, nor after this method has returned. When it throws, the program is killed and this method throws the
     *     same
     * @throws InterruptedException after the program and its descendants are gone, or before it was started when the
     *     thread was interrupted already
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

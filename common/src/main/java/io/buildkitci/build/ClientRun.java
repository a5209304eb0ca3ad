package io.buildkitci.build;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A client's work under way, whoever runs it: in this process to its end, or apart from it and over restarts of it.
 *
 * <p>Whoever runs {@link #command()} tells every line that it writes to {@link #line}, the whole of them again when it
 * takes up a client that ran on without it, and how it ended to {@link #end}. Closing ends the view and takes back what
 * work without a good end has written; it leaves a client that runs alone.
 *
 * @param <T> what comes of it
 */
public interface ClientRun<T> extends LineListener, AutoCloseable {
    /** What carries it out. */
    Command command();

    /** Names of the files that the client leaves in the private directory, for {@link #end} to read. */
    List<String> files();

    /** For how long nothing has come of what it waits for, where that is longer than it may be. */
    Optional<Duration> stalled();

    /** What came of it. Nothing more may be told. */
    T end(Outcome outcome) throws InterruptedException;

    @Override
    void close();
}

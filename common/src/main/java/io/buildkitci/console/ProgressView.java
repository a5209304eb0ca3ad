package io.buildkitci.console;

import io.buildkitci.progress.ProgressLine;

/**
 * Shows a build to people while it happens. Everything shown is masked. Safe for use by several threads: lines come from
 * the one that reads buildx, ticks from a timer.
 */
public interface ProgressView extends AutoCloseable {
    /** News of the build, in the order of buildx's lines. */
    void update(ProgressLine line);

    /** Time has passed: to be called a few times a second, from any thread. */
    void tick();

    /** Shows what is left and gives the terminal back as it was; later calls do nothing. */
    @Override
    void close();
}

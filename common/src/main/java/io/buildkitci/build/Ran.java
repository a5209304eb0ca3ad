package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.model.Patience;
import java.util.List;
import java.util.Optional;

/**
 * What came of a client's run, which may be the last of several: see {@link Retrying}.
 *
 * @param <T> itself
 */
public sealed interface Ran<T extends Ran<T>> permits Finished, Baked {
    /** Empty when it did what was asked. */
    Optional<BuildFailure> failure();

    /** Runs that failed before this one, a sentence each. */
    List<String> earlier();

    /** The same, as the last of several runs. */
    T after(List<String> others);

    /** The same where more is known of why it failed. */
    T with(BuildFailure other);

    Patience patience();
}

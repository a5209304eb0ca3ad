package io.jenkins.plugins.buildkit.detached;

import org.jspecify.annotations.Nullable;

/**
 * Is told from the agent what the client leaves; called over the agent's connection. Every answer but the last says
 * whether the caller is still the one that is listened to: after {@code false} it stops.
 */
public interface Told {
    /**
     * Further bytes of one of the client's streams, in order.
     *
     * @param watch number of the caller
     * @param trace whether they are of standard error, where progress is
     */
    boolean bytes(long watch, boolean trace, byte[] bytes);

    /** Nothing new, but somebody watches. */
    boolean watched(long watch);

    /**
     * The client ended, and all of its bytes were told.
     *
     * @param left the files that were asked for, in their order; {@code null} for one that is not there
     */
    void ended(long watch, int status, @Nullable String[] left);

    /** The files are gone; the client's end cannot be known. */
    void lost(long watch);
}

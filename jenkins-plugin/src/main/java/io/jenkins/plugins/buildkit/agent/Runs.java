package io.jenkins.plugins.buildkit.agent;

/** What is known of the builds of Jenkins that private directories were made for. */
@FunctionalInterface
public interface Runs {
    /** How a build stands. */
    enum State {
        BUILDING,
        OVER,
        /** Nobody knows such a build: it was removed, or its job has another name now. */
        UNKNOWN
    }

    /** Nobody to be asked. */
    Runs NONE = run -> State.UNKNOWN;

    /** @param run as Jenkins writes it: the job's full name and the build's number, {@code folder/job#12} */
    State state(String run);
}

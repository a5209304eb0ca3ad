package io.buildkitci.failure;

/** Whose fault a failure is, and with it the exit code of the command line. */
public enum Blame {
    /** What the person asked for cannot be done as asked. */
    INPUT(2),
    /** The Dockerfile or what it runs. */
    BUILD(1),
    /** The machine, its engine, its builder or its credentials. */
    ENVIRONMENT(3),
    /** A service that somebody else runs: a registry, a source, a cache. */
    UPSTREAM(4),
    /** This program. */
    OURS(70),
    /** Nobody's: somebody stopped the build. */
    CANCELLED(130);

    /** Exit code of a build that did what was asked. */
    public static final int BUILT = 0;

    private final int exitCode;

    Blame(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}

package io.buildkitci.install;

/**
 * Why something was not installed. Nothing of it is left behind.
 *
 * @param text a sentence for a person, without a full stop
 * @param advice what to do about it
 */
public record InstallFailure(Reason reason, String text, String advice) {
    /** What kind of failure it is; a host picks its exit code by it. */
    public enum Reason {
        /** There is no such release, or no file of it for this machine. */
        NOT_PUBLISHED,
        /** The server did not answer, or not as it should. */
        UNREACHABLE,
        /** The server answers no more questions for a while. */
        RATE_LIMITED,
        /** What came is not what was published, or nobody says what was published. */
        NOT_TRUSTED,
        /** This machine could not keep it. */
        NOT_KEPT
    }

    /** Thrown within this room, so that each step can end the whole installation. */
    static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient InstallFailure failure;

        Stop(Reason reason, String text, String advice) {
            super(text, null, false, false);
            this.failure = new InstallFailure(reason, text, advice);
        }

        InstallFailure failure() {
            return failure;
        }
    }
}

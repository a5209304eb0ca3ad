package io.buildkitci.builder;

import java.util.List;

/** How {@link Builders#revive} ended. */
public sealed interface Revived {
    /**
     * buildx remembers it and starts it by itself when it is needed.
     *
     * @param gone containers of it that are not there any more, in whose place buildx makes new ones
     */
    record Remembered(List<String> gone) implements Revived {
        public Remembered {
            gone = List.copyOf(gone);
        }
    }

    /** It was gone, and is there again as it was made before, without what it had built. */
    record MadeAgain() implements Revived {}

    /**
     * It is gone, and it is not known how it was made.
     *
     * @param ours whether it was made here, with variables or credentials, which are not kept
     */
    record NotKnown(boolean ours) implements Revived {}

    /** It is gone and could not be made again. */
    record Failed(BuilderFailure failure) implements Revived {}

    /** What making it again came to. */
    static Revived from(Creation creation) {
        if (creation instanceof Creation.Refused refused) {
            String differences = String.join("; ", refused.differences());
            return new Failed(
                    new BuilderFailure(BuilderFailure.Reason.NOT_ACCEPTED, differences, refused.advice(), List.of()));
        }
        return creation instanceof Creation.Failed failed ? new Failed(failed.failure()) : new MadeAgain();
    }
}

package io.buildkitci.progress;

/**
 * Whether a step came from a cache, though its last message does not say so. BuildKit tells a hit at once and fetches the
 * layers only when another step needs them; for that it starts the vertex again, without the word "cached". Such a run
 * does nothing but pull and extract layers; any other run after a hit means that the hit was given up.
 */
public final class CacheHit {
    private boolean told;
    private boolean fetched;
    private boolean wrote;

    public void heard(Vertex vertex) {
        if (vertex.cached() && vertex.completed().isPresent()) {
            told = true;
            fetched = false;
            wrote = false;
        }
    }

    public void heard(Status status) {
        fetched |= status.id().startsWith("sha256:") || status.id().startsWith("extracting ");
    }

    public void heard(Log log) {
        wrote |= log.data().hasRemaining();
    }

    /** @param last the last message of the vertex that all the others were about */
    public StepState state(Vertex last) {
        StepState state = StepState.of(last);
        return state == StepState.DONE && told && fetched && !wrote ? StepState.CACHED : state;
    }
}

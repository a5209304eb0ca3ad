package io.buildkitci.progress;

/** How far a step got. */
public enum StepState {
    /** Never started, or loaded again after it was given up. */
    WAITING,
    RUNNING,
    DONE,
    CACHED,
    FAILED,
    /** Stopped because something else failed or the build was cancelled. */
    CANCELED;

    public static StepState of(Vertex vertex) {
        if (!vertex.error().isEmpty()) {
            return vertex.canceled() ? CANCELED : FAILED;
        }
        if (vertex.completed().isPresent()) {
            return vertex.cached() ? CACHED : DONE;
        }
        return vertex.started().isPresent() ? RUNNING : WAITING;
    }
}

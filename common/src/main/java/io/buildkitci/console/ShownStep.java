package io.buildkitci.console;

import io.buildkitci.progress.CacheHit;
import io.buildkitci.progress.Log;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Status;
import io.buildkitci.progress.StepKind;
import io.buildkitci.progress.StepName;
import io.buildkitci.progress.StepState;
import io.buildkitci.progress.Vertex;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A step as the views know it. */
final class ShownStep {
    private final String digest;
    private final CacheHit cacheHit = new CacheHit();
    private Vertex last;
    private String title;
    private StepKind kind = StepKind.OTHER;
    private String error = "";
    private Instant since;
    private Instant changed;
    private Duration before = Duration.ZERO;
    private Optional<StepState> told = Optional.empty();
    private Optional<Status> doing = Optional.empty();

    /** A step that no message has described yet. */
    ShownStep(String digest, Instant now) {
        this.digest = digest;
        this.title = digest;
        this.last = new Vertex(digest, List.of(), "", Optional.empty(), Optional.empty(), false, "");
        this.since = now;
        this.changed = now;
    }

    /** The message replaces the last one; the time of a run that ended is kept when another begins. */
    void replace(Vertex vertex, UnaryOperator<String> mask, Instant now) {
        if (!last.name().equals(vertex.name())) {
            title = Title.of(mask.apply(vertex.name()));
            kind = StepName.parse(vertex.name()).kind();
        }
        if (vertex.running() && !last.running()) {
            since = now;
        }
        if (!last.started().equals(vertex.started())) {
            before = before.plus(lastRun());
        }
        last = vertex;
        cacheHit.heard(vertex);
        error = mask.apply(vertex.error());
        changed = now;
        doing = vertex.running() ? doing : Optional.empty();
    }

    private Duration lastRun() {
        return last.started().isPresent() && last.completed().isPresent()
                ? new Span(last.started().get(), last.completed().get()).length()
                : Duration.ZERO;
    }

    void wrote(Log log) {
        cacheHit.heard(log);
    }

    void doing(Status status) {
        cacheHit.heard(status);
        doing = status.completed().isEmpty() ? Optional.of(status) : Optional.empty();
    }

    String digest() {
        return digest;
    }

    /** One masked line. */
    String title() {
        return title;
    }

    StepKind kind() {
        return kind;
    }

    List<String> inputs() {
        return last.inputs();
    }

    StepState state() {
        return cacheHit.state(last);
    }

    boolean running() {
        return last.running();
    }

    /** Masked; empty when it has not failed. */
    String error() {
        return error;
    }

    /** When the last message came, by our own clock. */
    Instant changed() {
        return changed;
    }

    /** When its last run began, by our own clock. */
    Instant since() {
        return since;
    }

    /** How long it ran in all, by the builder's clock. */
    Duration duration() {
        return before.plus(lastRun());
    }

    /** What it does just now; not masked. */
    Optional<Status> doing() {
        return doing;
    }

    /** How it ended when people were last told of its end. */
    Optional<StepState> told() {
        return told;
    }

    void tell(StepState ending) {
        told = Optional.of(ending);
    }
}

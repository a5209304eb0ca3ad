package io.buildkitci.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one build did.
 *
 * @param steps in the order of their first start; those that never started come last
 * @param warnings of build checks, each once
 * @param started when the first step did; empty when none did
 * @param ended the last sign of life; empty when there was none
 */
public record BuildTrace(List<Step> steps, List<Warning> warnings, Optional<Instant> started, Optional<Instant> ended) {
    public BuildTrace {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    public StepCounts counts() {
        List<Step> written = steps.stream().filter(s -> s.kind().written()).toList();
        int cached = (int) written.stream().filter(Step::cached).count();
        int waiting = (int)
                written.stream().filter(s -> s.state() == StepState.WAITING).count();
        return new StepCounts(written.size(), cached, written.size() - cached - waiting);
    }

    /**
     * The steps that failed, without those that were stopped because of them. A cache that could not be read is not
     * among them, for no build fails by that. Empty for a build that was cancelled.
     */
    public List<Step> failing() {
        return steps.stream()
                .filter(s -> s.state() == StepState.FAILED && s.kind() != StepKind.CACHE_IMPORT)
                .toList();
    }

    /** The steps that took longest and were not cached, longest first. */
    public List<Step> slowest(int limit) {
        return steps.stream()
                .filter(s -> (s.kind().written() || s.kind() == StepKind.FROM) && !s.cached())
                .filter(s -> !s.runs().isEmpty())
                .sorted(Comparator.comparing(Step::duration).reversed())
                .limit(limit)
                .toList();
    }

    public PhaseTimes times() {
        List<Span> push = pushing();
        List<Span> inline = during(StepKind.EXPORT, s -> s.id().startsWith("preparing layers for inline cache"));
        List<Span> notExport = joined(push, inline);
        return new PhaseTimes(
                total(),
                Span.union(runs(kind -> kind.written() || kind == StepKind.FROM || kind == StepKind.LINK)),
                Span.union(joined(runs(kind -> kind == StepKind.EXPORT), notExport))
                        .minus(Span.union(notExport)),
                Span.union(push),
                Span.union(joined(runs(kind -> kind == StepKind.CACHE_EXPORT), inline)),
                Span.union(runs(kind -> kind == StepKind.CACHE_IMPORT)));
    }

    /** Sizes of what was pushed, where the builder tells them; most do not. */
    public OptionalLong bytesPushed() {
        List<Status> sized = statuses(StepKind.EXPORT, s -> s.id().startsWith("pushing ") && s.total() > 0);
        return sized.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(sized.stream().mapToLong(Status::current).sum());
    }

    private Duration total() {
        return started.isEmpty() || ended.isEmpty() ? Duration.ZERO : new Span(started.get(), ended.get()).length();
    }

    private List<Span> pushing() {
        return joined(runs(kind -> kind == StepKind.PUSH), during(StepKind.EXPORT, s -> s.id().startsWith("pushing ")));
    }

    private List<Span> runs(Predicate<StepKind> kinds) {
        return steps.stream()
                .filter(s -> kinds.test(s.kind()))
                .flatMap(s -> s.runs().stream())
                .toList();
    }

    private List<Status> statuses(StepKind kind, Predicate<Status> which) {
        return steps.stream()
                .filter(s -> s.kind() == kind)
                .flatMap(s -> s.statuses().stream())
                .filter(which)
                .toList();
    }

    private List<Span> during(StepKind kind, Predicate<Status> which) {
        List<Span> spans = new ArrayList<>();
        for (Status status : statuses(kind, which)) {
            Optional<Instant> end = status.completed().or(() -> ended);
            if (status.started().isPresent() && end.isPresent()) {
                spans.add(new Span(status.started().get(), end.get()));
            }
        }
        return spans;
    }

    private static List<Span> joined(List<Span> some, List<Span> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}

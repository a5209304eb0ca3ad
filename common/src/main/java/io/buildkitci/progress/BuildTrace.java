package io.buildkitci.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one build did.
 *
 * @param steps in the order of their first start; those that never started come last
 * @param warnings of build checks, each once
 * @param started when the first step did; empty when none did
 * @param ended the last sign of life; empty when there was none
 */
public record BuildTrace(List<Step> steps, List<Warning> warnings, Optional<Instant> started, Optional<Instant> ended) {
    /** What a build consists of, apart from what it brings in and out. */
    private static final Set<StepKind> BUILDING = Set.of(
            StepKind.RUN,
            StepKind.COPY,
            StepKind.ADD,
            StepKind.WORKDIR,
            StepKind.INSTRUCTION,
            StepKind.FROM,
            StepKind.LINK);

    public BuildTrace {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    public StepCounts counts() {
        int total = 0;
        int cached = 0;
        int waiting = 0;
        for (Step step : steps) {
            if (step.kind().written()) {
                total++;
                cached += step.cached() ? 1 : 0;
                waiting += step.state() == StepState.WAITING ? 1 : 0;
            }
        }
        return new StepCounts(total, cached, total - cached - waiting);
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

    /** The steps that had begun and did not come to an end of their own, the latest last. */
    public List<Step> underWay() {
        return steps.stream()
                .filter(s -> s.state() == StepState.RUNNING || s.state() == StepState.CANCELED)
                .toList();
    }

    /** Whether all that is under way waits for others: registries, sources, caches, the builder itself. */
    public boolean waitsForOthers() {
        return underWay().stream().allMatch(Step::waitsForOthers);
    }

    /** The steps that took longest and were not cached, longest first. */
    public List<Step> slowest(int limit) {
        List<Step> ran = new ArrayList<>();
        for (Step step : steps) {
            boolean counts = step.kind().written() || step.kind() == StepKind.FROM;
            if (counts && !step.cached() && !step.runs().isEmpty()) {
                ran.add(step);
            }
        }
        ran.sort((one, other) -> other.duration().compareTo(one.duration()));
        return List.copyOf(ran.subList(0, Math.min(limit, ran.size())));
    }

    public PhaseTimes times() {
        List<Span> push = joined(runs(Set.of(StepKind.PUSH)), duringExport("pushing "));
        List<Span> inline = duringExport("preparing layers for inline cache");
        List<Span> notExport = joined(push, inline);
        return new PhaseTimes(
                total(),
                Span.union(runs(BUILDING)),
                Span.union(joined(runs(Set.of(StepKind.EXPORT)), notExport)).minus(Span.union(notExport)),
                Span.union(push),
                Span.union(joined(runs(Set.of(StepKind.CACHE_EXPORT)), inline)),
                Span.union(runs(Set.of(StepKind.CACHE_IMPORT))));
    }

    /** Sizes of what was pushed, where the builder tells them; most do not. */
    public OptionalLong bytesPushed() {
        boolean told = false;
        long bytes = 0;
        for (Status status : exports("pushing ")) {
            if (status.total() > 0) {
                told = true;
                bytes += status.current();
            }
        }
        return told ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    /** The time during which at least one of these steps ran. */
    public Duration during(Predicate<Step> which) {
        List<Span> runs = new ArrayList<>();
        for (Step step : steps) {
            if (which.test(step)) {
                runs.addAll(step.runs());
            }
        }
        return Span.union(runs);
    }

    private Duration total() {
        return started.isEmpty() || ended.isEmpty() ? Duration.ZERO : new Span(started.get(), ended.get()).length();
    }

    private List<Span> runs(Set<StepKind> kinds) {
        List<Span> runs = new ArrayList<>();
        for (Step step : steps) {
            if (kinds.contains(step.kind())) {
                runs.addAll(step.runs());
            }
        }
        return runs;
    }

    /** What exports said that they do, by how it begins. */
    private List<Status> exports(String doing) {
        List<Status> statuses = new ArrayList<>();
        for (Step step : steps) {
            for (Status status : step.statuses()) {
                if (step.kind() == StepKind.EXPORT && status.id().startsWith(doing)) {
                    statuses.add(status);
                }
            }
        }
        return statuses;
    }

    private List<Span> duringExport(String doing) {
        List<Span> spans = new ArrayList<>();
        for (Status status : exports(doing)) {
            Optional<Instant> end = status.completed().isPresent() ? status.completed() : ended;
            if (status.started().isPresent() && end.isPresent()) {
                spans.add(new Span(status.started().get(), end.get()));
            }
        }
        return spans;
    }

    private static List<Span> joined(List<Span> some, List<Span> others) {
        List<Span> joined = new ArrayList<>(some);
        joined.addAll(others);
        return joined;
    }
}

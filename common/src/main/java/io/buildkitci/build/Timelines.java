package io.buildkitci.build;

import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepKind;
import io.buildkitci.report.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From a trace to the bars of its timeline; a build of many steps keeps only the longest, what was cached last. */
final class Timelines {
    static final int MOST_BARS = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Timelines() {}

    static Work.Timeline of(BuildTrace trace) {
        if (trace.started().isEmpty()) {
            return Work.Timeline.NONE;
        }
        List<Work.Bar> bars = new ArrayList<>();
        for (Step step : trace.steps()) {
            addBars(step, trace.started().get(), bars);
        }
        int leftOut = Math.max(0, bars.size() - MOST_BARS);
        if (leftOut > 0) {
            bars.sort((one, other) -> other.time().compareTo(one.time()));
            bars.subList(MOST_BARS, bars.size()).clear();
        }
        bars.sort((one, other) -> one.start().compareTo(other.start()));
        return new Work.Timeline(bars, leftOut);
    }

    private static void addBars(Step step, Instant start, List<Work.Bar> bars) {
        Work.Lane lane = Work.Lane.of(step.name());
        for (int i = 0; i < step.runs().size(); i++) {
            Span run = step.runs().get(i);
            Duration before = new Span(start, run.from()).length();
            if (step.cached() || run.length().compareTo(SHORTEST) >= 0) {
                bars.add(new Work.Bar(step.name().command(), lane, before, run.length(), ending(step, i)));
            }
        }
    }

    /** Only the last run of a step can have ended as the step did: it was started again after the others. */
    private static Work.Ending ending(Step step, int run) {
        boolean last = run == step.runs().size() - 1;
        return switch (step.state()) {
            case CACHED -> Work.Ending.CACHED;
            case DONE -> Work.Ending.DONE;
            case FAILED -> last ? failed(step) : Work.Ending.DONE;
            case CANCELED, RUNNING, WAITING -> last ? Work.Ending.STOPPED : Work.Ending.DONE;
        };
    }

    private static Work.Ending failed(Step step) {
        return step.kind() == StepKind.CACHE_IMPORT ? Work.Ending.MISSED : Work.Ending.FAILED;
    }
}

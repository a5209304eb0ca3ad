package io.buildkitci.progress;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace of a build of several targets, taken apart. buildx writes a target's name in front of its steps, but a step
 * that several targets need is there once, by one of their names; it counts for each that builds on it.
 */
public final class TargetTraces {
    private static final Pattern FIRST_WORD = Pattern.compile("\\[(\\S+?)(?: [^\\]]*)?\\].*", Pattern.DOTALL);

    private TargetTraces() {}

    /** A trace for each target; of a single one it is all of it, for buildx writes no name then. */
    public static Map<String, BuildTrace> split(BuildTrace trace, Collection<String> targets) {
        Map<String, BuildTrace> traces = new LinkedHashMap<>();
        if (targets.size() == 1) {
            targets.forEach(target -> traces.put(target, trace));
            return traces;
        }
        Map<String, Step> byDigest = new HashMap<>();
        trace.steps().forEach(step -> byDigest.put(step.digest(), step));
        for (String target : targets) {
            traces.put(target, of(target, targets, trace, byDigest));
        }
        return traces;
    }

    /** Which of the targets a step is named after. */
    public static Optional<String> targetOf(Step step, Collection<String> targets) {
        return targetOf(step.name().text(), targets);
    }

    private static Optional<String> targetOf(String name, Collection<String> targets) {
        Matcher first = FIRST_WORD.matcher(name);
        return first.matches() ? Optional.of(first.group(1)).filter(targets::contains) : Optional.empty();
    }

    private static BuildTrace of(
            String target, Collection<String> targets, BuildTrace trace, Map<String, Step> byDigest) {
        Set<String> own = new LinkedHashSet<>();
        Deque<Step> open = new ArrayDeque<>();
        for (Step step : trace.steps()) {
            if (isNamedAfter(target, step)) {
                open.add(step);
            }
        }
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (own.add(step.digest())) {
                for (String input : step.inputs()) {
                    Step below = byDigest.get(input);
                    if (below != null) {
                        open.add(below);
                    }
                }
            }
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : trace.steps()) {
            if (own.contains(step.digest())) {
                steps.add(plain(step, target, targets));
            }
        }
        List<Warning> warnings = trace.warnings().stream()
                .filter(warning -> own.contains(warning.step()))
                .toList();
        return new BuildTrace(steps, warnings, first(steps), last(steps));
    }

    private static boolean isNamedAfter(String target, Step step) {
        Set<String> one = Set.of(target);
        return targetOf(step.name().text(), one).isPresent()
                || step.otherNames().stream()
                        .anyMatch(name -> targetOf(name, one).isPresent());
    }

    /** As it would be called if its target were the only one. */
    private static Step plain(Step step, String target, Collection<String> targets) {
        String text = step.otherNames().stream()
                .filter(name -> targetOf(name, Set.of(target)).isPresent())
                .findFirst()
                .filter(name -> targetOf(step, Set.of(target)).isEmpty())
                .orElse(step.name().text());
        Optional<String> named = targetOf(text, targets);
        if (named.isEmpty()) {
            return step;
        }
        String rest = text.substring(1 + named.get().length());
        StepName name = StepName.parse(rest.startsWith("] ") ? rest.substring(2) : "[" + rest.stripLeading());
        return new Step(
                step.digest(),
                name,
                step.inputs(),
                step.state(),
                step.started(),
                step.completed(),
                step.runs(),
                step.error(),
                step.output(),
                step.statuses());
    }

    private static Optional<Instant> first(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> step.runs().stream())
                .map(Span::from)
                .min(Instant::compareTo);
    }

    private static Optional<Instant> last(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> step.runs().stream())
                .map(Span::to)
                .max(Instant::compareTo);
    }
}

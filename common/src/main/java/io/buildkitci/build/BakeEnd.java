package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.Evidence;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Natively;
import io.buildkitci.process.Outcome;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepKind;
import io.buildkitci.progress.StepState;
import io.buildkitci.progress.TargetTraces;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From what buildx left to what came of each target. */
record BakeEnd(Tools tools, Builds builds, Bakes.Ready ready, Instant began) {
    /** How buildx names the target where no step failed. */
    private static final Pattern NAMED = Pattern.compile("ERROR: target ([^:]+): .*");

    /**
     * What a client left.
     *
     * @param outputs to be put in their places
     * @param troubles with what else it was to leave elsewhere
     * @param waiting what it waited for when it was given up
     */
    record Left(
            Outcome outcome,
            Following following,
            Optional<String> metadataJson,
            BakeOutputs outputs,
            List<String> troubles,
            List<String> waiting) {}

    Baked of(Left left) throws InterruptedException {
        Outcome outcome = left.outcome();
        BuildTrace trace = left.following().trace();
        List<String> text = left.following().clientText();
        Map<String, BuildTrace> traces =
                TargetTraces.split(trace, ready.targets().keySet());
        Set<String> failed = outcome.succeeded() ? Set.of() : failing(trace, text);
        PlainJson metadata = PlainJson.parse(left.metadataJson().orElse("{}"));
        Map<String, Finished> targets = new LinkedHashMap<>();
        for (Map.Entry<String, BuildRequest> target : ready.targets().entrySet()) {
            String name = target.getKey();
            BuildTrace own = traces.getOrDefault(name, trace);
            BuildxRun.Ended ended = new BuildxRun.Ended(
                    outcome, own, text, List.of(), Metadata.of(metadata.object(name)), Optional.empty());
            Optional<BuildFailure> failure = outcome.succeeded() || (!failed.contains(name) && isComplete(own))
                    ? left.outputs().deliver(name, builds.words())
                    : Optional.of(failed.contains(name) ? classify(target.getValue(), ended, left) : stopped(failed));
            targets.put(
                    name,
                    finished(target.getValue(), ended, failure, own.times().total()));
        }
        return new Baked(
                targets,
                outcome.succeeded() ? first(targets, targets.keySet()) : Optional.of(overall(left, failed, targets)),
                left.following().answer(),
                left.metadataJson().filter(json -> !metadata.fields().isEmpty()),
                notes(left.troubles()),
                List.of(),
                Duration.between(began, tools.clock().instant()),
                ready.plan().request().patience());
    }

    private List<String> notes(List<String> troubles) {
        List<String> notes = new ArrayList<>(ready.notes());
        notes.addAll(troubles);
        return notes;
    }

    private Finished finished(
            BuildRequest request, BuildxRun.Ended ended, Optional<BuildFailure> failure, Duration took)
            throws InterruptedException {
        Builds.Ready one = ready.alone(request);
        Map<Platform, String> digests = failure.isEmpty() ? builds.digests(one, ended.metadata()) : Map.of();
        return new Finished(request, ready.capabilities(), Optional.of(ended), failure, digests, List.of(), took);
    }

    private Set<String> failing(BuildTrace trace, List<String> text) {
        Set<String> names = ready.targets().keySet();
        Set<String> failed = new LinkedHashSet<>();
        if (names.size() == 1) {
            return Set.copyOf(names);
        }
        for (Step step : trace.failing()) {
            TargetTraces.targetOf(step, names).ifPresent(failed::add);
        }
        for (String line : text) {
            Matcher named = NAMED.matcher(line);
            if (named.matches() && names.contains(named.group(1))) {
                failed.add(named.group(1));
            }
        }
        return failed;
    }

    private BuildFailure classify(BuildRequest request, BuildxRun.Ended ended, Left left) {
        BuilderFacts builder = ready.capabilities().builder();
        Set<Platform> emulated = request.platforms().stream()
                .filter(platform -> Natively.of(platform, builder.nodes()) == Natively.EMULATED)
                .collect(Collectors.toSet());
        Evidence.Where where = new Evidence.Where(builder.name(), builder.driver(), emulated);
        return new Classifier(builds.words())
                .classify(TraceEvidence.of(ended, request.platforms(), where).waitingFor(left.waiting()))
                .orElseThrow(() -> new IllegalStateException("a client that ended well has not failed"));
    }

    /** Of a target that was done before another one failed; buildx tells no digest of it then. */
    private static boolean isComplete(BuildTrace trace) {
        boolean exported = trace.steps().stream()
                .anyMatch(step -> step.kind() == StepKind.EXPORT && step.state() == StepState.DONE);
        return exported
                && trace.steps().stream()
                        .allMatch(step -> step.state() == StepState.DONE || step.state() == StepState.CACHED);
    }

    /** buildx stops the others when one fails. */
    private BuildFailure stopped(Set<String> failed) {
        String why = failed.isEmpty()
                ? "it was stopped with the others"
                : "it was stopped because target '" + failed.iterator().next() + "' failed";
        return failure(
                FailureCode.CANCELLED,
                why,
                List.of(),
                "Mend the target that failed; what was done of this one is in the builder's cache.",
                builds.words());
    }

    private BuildFailure overall(Left left, Set<String> failed, Map<String, Finished> targets) {
        Following following = left.following();
        if (!ready.plan().request().builds() && failed.isEmpty()) {
            return failure(
                    FailureCode.CHECKS_FAILED,
                    "the checks of the Dockerfiles found something",
                    following.clientText(),
                    FailureCode.CHECKS_FAILED.advice(builds.words()),
                    builds.words());
        }
        return first(targets, failed).orElseGet(() -> {
            BuildxRun.Ended all = new BuildxRun.Ended(
                    left.outcome(),
                    following.trace(),
                    following.clientText(),
                    List.of(),
                    Metadata.NONE,
                    Optional.empty());
            return classify(ready.targets().values().iterator().next(), all, left);
        });
    }

    private static Optional<BuildFailure> first(Map<String, Finished> targets, Set<String> among) {
        for (Map.Entry<String, Finished> target : targets.entrySet()) {
            Optional<BuildFailure> failure = target.getValue().failure();
            if (failure.isPresent() && among.contains(target.getKey())) {
                return targets.size() == 1 ? failure : Optional.of(named(target.getKey(), failure.get()));
            }
        }
        return Optional.empty();
    }

    private static BuildFailure named(String target, BuildFailure failure) {
        return new BuildFailure(
                failure.code(),
                "target '" + target + "': " + failure.message(),
                failure.place(),
                failure.step(),
                failure.clientLines(),
                failure.advice(),
                failure.help());
    }

    private static BuildFailure failure(
            FailureCode code, String message, List<String> lines, String advice, HostWords words) {
        return new BuildFailure(code, message, Optional.empty(), Optional.empty(), lines, advice, code.help(words));
    }

    static Baked noRoom(Bakes.Ready ready, IOException why, HostWords words) {
        BuildFailure failure = failure(
                FailureCode.OUTPUT_FAILED,
                "files of this run could not be written: " + why.getMessage(),
                List.of(),
                "Free or make writable the directory that the message names.",
                words);
        return new Baked(
                Map.of(),
                Optional.of(failure),
                List.of(),
                Optional.empty(),
                ready.notes(),
                List.of(),
                Duration.ZERO,
                ready.plan().request().patience());
    }
}

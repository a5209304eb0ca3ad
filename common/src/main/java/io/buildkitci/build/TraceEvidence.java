package io.buildkitci.build;

import io.buildkitci.failure.Evidence;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.model.Platform;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.Warning;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** From what a run left to the evidence that failures are classified by. */
final class TraceEvidence {
    /** BuildKit numbers the stages that a Dockerfile has no name for, where it has several. */
    private static final Pattern UNNAMED = Pattern.compile("(stage-\\d+)?");

    private TraceEvidence() {}

    /** @param platforms of the build, for steps whose names do not say theirs */
    static Evidence of(BuildxRun.Ended ended, List<Platform> platforms, Evidence.Where where) {
        return new Evidence(
                ended.outcome(),
                false,
                failed(ended.trace(), platforms),
                ended.clientText(),
                where,
                new Evidence.Seen(underWay(ended.trace()), warnings(ended.trace())));
    }

    /** What has begun and not ended, each with what it is at. */
    static List<String> underWay(BuildTrace trace) {
        return trace.underWay().stream()
                .map(step -> step.doing().isEmpty()
                        ? step.name().text()
                        : step.name().text() + " (" + step.doing() + ")")
                .toList();
    }

    private static List<String> warnings(BuildTrace trace) {
        return trace.warnings().stream().map(Warning::text).toList();
    }

    private static List<FailedStep> failed(BuildTrace trace, List<Platform> platforms) {
        Optional<Platform> only = platforms.size() == 1 ? Optional.of(platforms.get(0)) : Optional.empty();
        return trace.steps().stream()
                .filter(step -> !step.error().isEmpty())
                .sorted(Comparator.comparing(step -> step.completed().orElse(Instant.MAX)))
                .map(step -> failed(step, only))
                .toList();
    }

    private static FailedStep failed(Step step, Optional<Platform> only) {
        return new FailedStep(
                step.name().text(),
                step.name().platform().or(() -> only),
                Optional.of(step.name().stage())
                        .filter(stage -> !UNNAMED.matcher(stage).matches()),
                step.error(),
                step.output());
    }
}

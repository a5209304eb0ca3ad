package io.buildkitci.report;

import io.buildkitci.failure.BuildFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a build of several targets did and made.
 *
 * @param targets in the definition's order
 * @param failure of the whole; empty when all did what was asked
 * @param answer lines that answer what was asked of the Dockerfiles instead of building them
 * @param notes what was decided or dropped on the way, a sentence each
 */
public record BakeReport(
        List<Target> targets, Optional<BuildFailure> failure, List<String> answer, List<String> notes, Duration took) {
    public BakeReport {
        targets = List.copyOf(targets);
        answer = List.copyOf(answer);
        notes = List.copyOf(notes);
    }

    /** One target. */
    public record Target(String name, BuildReport report) {}

    /** {@code built}, {@code failed} or {@code cancelled}. */
    String word() {
        return BuildReport.Result.of(failure).word();
    }

    /** {@code 3 targets built}, {@code 1 of 3 targets failed: web}. */
    String headline() {
        if (failure.isEmpty()) {
            return counted(targets.size()) + (answer.isEmpty() ? " built" : " answered");
        }
        List<String> failed = targets.stream()
                .filter(target -> target.report().result() instanceof BuildReport.Failed)
                .map(Target::name)
                .toList();
        if (failed.isEmpty()) {
            return failure.get().message();
        }
        return failed.size() + " of " + counted(targets.size()) + " failed: " + String.join(", ", failed);
    }

    private static String counted(int targets) {
        return targets == 1 ? "1 target" : targets + " targets";
    }
}

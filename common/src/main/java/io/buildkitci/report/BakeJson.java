package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A report of several targets for programs: one JSON object whose keys stay as they are; new ones may come.
 *
 * <pre>
 * outcome         built | failed | cancelled
 * exitCode        0, or as {@link Blame} says
 * seconds
 * targets         by name, each as {@link JsonReport} says
 * notes[]
 * answer          what was asked of the Dockerfiles instead of building them; absent for a build
 * failure         of the whole, as {@link JsonReport} says; absent where there is none
 * </pre>
 */
public final class BakeJson {
    private BakeJson() {}

    /** Indented, without a line feed at the end. */
    public static String render(BakeReport report) {
        Optional<BuildFailure> failure = report.failure();
        Map<String, Object> targets = new LinkedHashMap<>();
        report.targets().forEach(target -> targets.put(target.name(), JsonReport.of(target.report())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", report.word());
        json.put("exitCode", failure.map(its -> its.blame().exitCode()).orElse(Blame.BUILT));
        json.put("seconds", report.took().toMillis() / 1000.0);
        json.put("targets", targets);
        json.put("notes", report.notes());
        if (!report.answer().isEmpty()) {
            json.put("answer", String.join("\n", report.answer()));
        }
        failure.ifPresent(its -> json.put("failure", JsonReport.failure(its)));
        return JsonText.pretty(json);
    }
}

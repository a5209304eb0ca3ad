package io.buildkitci.build;

import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.PhaseTimes;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepKind;
import io.buildkitci.report.Work.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a trace to what the time of its build went to, in the order in which it usually comes. */
final class Shares {
    /** As the Dockerfile frontend names them: the main context, named ones, those of a repository. */
    private static final List<String> CONTEXTS =
            List.of("load build context", "load from client", "load remote build context", "load git source");

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Shares() {}

    static List<Share> of(BuildTrace trace) {
        PhaseTimes phases = trace.times();
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put("Dockerfile and metadata", trace.during(step -> isInternal(step) && !isContext(step)));
        times.put("sending the context", trace.during(step -> isInternal(step) && isContext(step)));
        times.put("reading caches", phases.cacheImport());
        times.put("base images", trace.during(step -> step.kind() == StepKind.FROM));
        times.put("RUN", trace.during(step -> step.kind() == StepKind.RUN));
        times.put("COPY, ADD and other instructions", trace.during(Shares::isOtherInstruction));
        times.put("making the image or files", phases.export());
        times.put("pushing", phases.push());
        times.put("writing caches", phases.cacheExport());
        List<Share> shares = new ArrayList<>();
        for (Map.Entry<String, Duration> time : times.entrySet()) {
            if (time.getValue().compareTo(SHORTEST) >= 0) {
                shares.add(new Share(time.getKey(), time.getValue()));
            }
        }
        return shares;
    }

    private static boolean isInternal(Step step) {
        return step.kind() == StepKind.INTERNAL;
    }

    private static boolean isContext(Step step) {
        for (String context : CONTEXTS) {
            if (step.name().command().startsWith(context)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOtherInstruction(Step step) {
        return step.kind() == StepKind.LINK || (step.kind().written() && step.kind() != StepKind.RUN);
    }
}

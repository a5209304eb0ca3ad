package io.buildkitci.failure;

import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A step of the build that ended with an error.
 *
 * @param name as BuildKit calls it: {@code [linux/arm64 test 2/2] RUN make test}
 * @param platform empty where the build has one platform only and its name does not say
 * @param stage empty where the stage has no name
 * @param error BuildKit's own words, masked
 * @param outputTail the last lines of what the step printed, masked
 */
public record FailedStep(
        String name, Optional<Platform> platform, Optional<String> stage, String error, List<String> outputTail) {
    private static final int LONGEST = 100;
    private static final Pattern EXPORTING =
            Pattern.compile("^(?:exporting (?:cache|to GitHub Actions Cache)|preparing build cache for export)");

    public FailedStep {
        outputTail = List.copyOf(outputTail);
    }

    /** The name without its counter, on one line and short enough for a sentence: {@code RUN make test}. */
    public String instruction() {
        String text = name.startsWith("[internal]") ? name.substring("[internal]".length()) : withoutCounter();
        text = text.strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private String withoutCounter() {
        int end = name.indexOf("] ");
        return name.startsWith("[") && end > 0 ? name.substring(end + 2) : name;
    }

    /** Whether it belongs to the importing of a cache, not to the build. */
    boolean importsCache() {
        return name.startsWith("importing cache manifest");
    }

    /** Whether it belongs to the exporting of a cache: what is built is built. */
    public boolean exportsCache() {
        return EXPORTING.matcher(name).find();
    }

    /** Whether it was stopped because of something else. */
    boolean wasStopped() {
        return error.contains("context canceled") || error.startsWith("Canceled");
    }
}

package io.jenkins.plugins.buildkit.step;

import io.buildkitci.report.Work;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What every step that builds images returns of the work. Immutable; for sandboxed scripts too. */
public abstract class BuiltResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String metadata;
    private final int steps;
    private final int cached;
    private final double seconds;

    /** @param builds those of one image, or of each target */
    BuiltResult(List<Work.Steps> builds, Duration took, String metadata) {
        this.metadata = metadata;
        this.steps = builds.stream().mapToInt(Work.Steps::total).sum();
        this.cached = builds.stream().mapToInt(Work.Steps::cached).sum();
        this.seconds = took.toMillis() / 1000.0;
    }

    /** What buildx wrote of the result, as JSON; by target for several; empty when it wrote nothing. */
    @Whitelisted
    public final String getMetadata() {
        return metadata;
    }

    /** How many steps the build has; those that several targets share count for each. */
    @Whitelisted
    public final int getSteps() {
        return steps;
    }

    /** How many of them came from a cache. */
    @Whitelisted
    public final int getCached() {
        return cached;
    }

    @Whitelisted
    public final double getSeconds() {
        return seconds;
    }
}

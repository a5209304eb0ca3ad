package io.jenkins.plugins.buildkit.step;

import io.buildkitci.report.BakeReport;
import io.buildkitci.report.Image;
import io.buildkitci.report.Work;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildkitBake} returns: each target's image, and what all took. Immutable; for sandboxed scripts too. */
public final class BakeResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> digests = new LinkedHashMap<>();
    private final String metadata;
    private final int steps;
    private final int cached;
    private final double seconds;

    private BakeResult(BakeReport report, String metadata) {
        int all = 0;
        int fromCache = 0;
        for (BakeReport.Target target : report.targets()) {
            target.report().image().flatMap(Image::digest).ifPresent(digest -> digests.put(target.name(), digest));
            Work.Steps its = target.report().work().steps();
            all += its.total();
            fromCache += its.cached();
        }
        this.metadata = metadata;
        this.steps = all;
        this.cached = fromCache;
        this.seconds = report.took().toMillis() / 1000.0;
    }

    static BakeResult of(BakeReport report, String metadata) {
        return new BakeResult(report, metadata);
    }

    /** Of the image or index of each target, by the target's name. */
    @Whitelisted
    public Map<String, String> getDigests() {
        return Collections.unmodifiableMap(digests);
    }

    /** What buildx wrote of the results, as JSON by target; empty when it wrote nothing. */
    @Whitelisted
    public String getMetadata() {
        return metadata;
    }

    /** How many steps the targets have, those that several share counted for each. */
    @Whitelisted
    public int getSteps() {
        return steps;
    }

    /** How many of them came from a cache. */
    @Whitelisted
    public int getCached() {
        return cached;
    }

    @Whitelisted
    public double getSeconds() {
        return seconds;
    }

    /** The digests by target, so that the result itself can stand in a text. */
    @Override
    @Whitelisted
    public String toString() {
        return digests.toString();
    }
}

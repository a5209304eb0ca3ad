package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.Finished;
import io.buildkitci.model.ImageRef;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.Image;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildkitBuild} returns: the image and what it took. Immutable; for sandboxed scripts too. */
public final class BuildResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String digest;
    private final String imageId;
    private final LinkedHashMap<String, String> platforms;
    private final ArrayList<String> tags;
    private final String metadata;
    private final int steps;
    private final int cached;
    private final double seconds;

    private BuildResult(BuildReport report, String metadata) {
        this.digest = report.image().flatMap(Image::digest).orElse("");
        this.imageId = report.image().flatMap(Image::imageId).orElse("");
        this.platforms = new LinkedHashMap<>();
        this.tags = new ArrayList<>();
        report.image().ifPresent(image -> {
            image.platforms().forEach(p -> platforms.put(p.platform().render(), p.digest()));
            image.tags().stream().map(ImageRef::render).forEach(tags::add);
        });
        this.metadata = metadata;
        this.steps = report.work().steps().total();
        this.cached = report.work().steps().cached();
        this.seconds = report.work().times().total().toMillis() / 1000.0;
    }

    static BuildResult of(Finished finished, BuildReport report, Redactor redactor) {
        return new BuildResult(report, redactor.redact(finished.metadataJson().orElse("")));
    }

    /** Of the image or, for several platforms, of the index; empty when nothing was exported that has one. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** As {@code docker images} calls it. */
    @Whitelisted
    public String getImageId() {
        return imageId;
    }

    /** Digests by platform, {@code linux/arm64}; empty when they were not pushed. */
    @Whitelisted
    public Map<String, String> getPlatforms() {
        return Collections.unmodifiableMap(platforms);
    }

    @Whitelisted
    public List<String> getTags() {
        return Collections.unmodifiableList(tags);
    }

    /** What buildx wrote of the result, as JSON; empty when it wrote nothing. */
    @Whitelisted
    public String getMetadata() {
        return metadata;
    }

    /** How many steps the build has. */
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

    /** The digest, so that the result itself can stand in a text. */
    @Override
    @Whitelisted
    public String toString() {
        return digest.isEmpty() ? imageId : digest;
    }
}

package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.Finished;
import io.buildkitci.model.ImageRef;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildkitBuild} returns: the image and what it took. Immutable; for sandboxed scripts too. */
public final class BuildResult extends BuiltResult {
    private static final long serialVersionUID = 1L;

    private final String digest;
    private final String imageId;
    private final LinkedHashMap<String, String> platforms;
    private final ArrayList<String> tags;

    private BuildResult(BuildReport report, String metadata) {
        super(List.of(report.work().steps()), report.work().times().total(), metadata);
        this.digest = report.image().flatMap(Image::digest).orElse("");
        this.imageId = report.image().flatMap(Image::imageId).orElse("");
        this.platforms = new LinkedHashMap<>();
        this.tags = new ArrayList<>();
        report.image().ifPresent(image -> {
            image.platforms().forEach(p -> platforms.put(p.platform().render(), p.digest()));
            image.tags().stream().map(ImageRef::render).forEach(tags::add);
        });
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

    /** The digest, so that the result itself can stand in a text. */
    @Override
    @Whitelisted
    public String toString() {
        return digest.isEmpty() ? imageId : digest;
    }
}

package io.jenkins.plugins.buildkit.step;

import io.buildkitci.report.BakeReport;
import io.buildkitci.report.Image;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code buildkitBake} returns: each target's image, and what all took. Immutable; for sandboxed scripts too. */
public final class BakeResult extends BuiltResult {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> digests = new LinkedHashMap<>();

    private BakeResult(BakeReport report, String metadata) {
        super(
                report.targets().stream()
                        .map(target -> target.report().work().steps())
                        .toList(),
                report.took(),
                metadata);
        report.targets()
                .forEach(target -> target.report()
                        .image()
                        .flatMap(Image::digest)
                        .ifPresent(digest -> digests.put(target.name(), digest)));
    }

    static BakeResult of(BakeReport report, String metadata) {
        return new BakeResult(report, metadata);
    }

    /** Of the image or index of each target, by the target's name. */
    @Whitelisted
    public Map<String, String> getDigests() {
        return Collections.unmodifiableMap(digests);
    }

    /** The digests by target, so that the result itself can stand in a text. */
    @Override
    @Whitelisted
    public String toString() {
        return digests.toString();
    }
}

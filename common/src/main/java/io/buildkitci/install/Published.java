package io.buildkitci.install;

import io.buildkitci.json.PlainJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * A release as the list of releases tells of it.
 *
 * @param candidate whether it is one for testing
 * @param checksums SHA-256 by file, as far as they are told
 */
record Published(Release release, boolean candidate, Checksums checksums) {
    private static final String SHA_256 = "sha256:";

    /** Those of a tool, among whatever else its project publishes, newest first. */
    static List<Published> parse(Tool tool, String json) {
        List<Published> all = new ArrayList<>();
        for (PlainJson release : PlainJson.parse("{\"releases\":" + json + "}").objects("releases")) {
            one(tool, release).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(Published::order).reversed());
        return all;
    }

    /** The one that an answer about a single release tells of. */
    static Optional<Published> parseOne(Tool tool, String json) {
        return one(tool, PlainJson.parse(json));
    }

    private static Optional<Published> one(Tool tool, PlainJson release) {
        if (release.isTrue("draft")) {
            return Optional.empty();
        }
        Map<String, String> sums = new LinkedHashMap<>();
        for (PlainJson asset : release.objects("assets")) {
            String digest = asset.text("digest");
            if (digest.startsWith(SHA_256)) {
                sums.put(asset.text("name"), digest.substring(SHA_256.length()));
            }
        }
        return tool.version(release.text("tag_name"))
                .map(version ->
                        new Published(new Release(tool, version), release.isTrue("prerelease"), Checksums.of(sums)));
    }

    Semver order() {
        return new Semver(release.version().substring(1));
    }
}

package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Where cache exports go. BuildKit never removes anything from a local cache directory, so for {@code cache: local} the
 * export is written afresh beside the old one and takes its place afterwards. A {@code cache-to} that a person wrote is
 * left as it is.
 *
 * @param exports the {@code --cache-to} entries
 * @param swaps what is exchanged after success
 */
public record LocalCaches(List<CacheSpec> exports, List<BuildPlan.DirectorySwap> swaps) {
    static LocalCaches of(BuildRequest.Caching caching, RunPlace place) {
        boolean ours = caching.shorthand()
                .map(s -> s.kind() == CacheShorthand.Kind.LOCAL)
                .orElse(false);
        List<CacheSpec> exports = new ArrayList<>();
        List<BuildPlan.DirectorySwap> swaps = new ArrayList<>();
        for (CacheSpec export : caching.to()) {
            String target = export.attributes().get("dest").orElse("");
            if (!ours || !export.type().equals("local") || target.isEmpty()) {
                exports.add(export);
                continue;
            }
            String fresh = beside(target, place.id());
            exports.add(export.with("dest", fresh));
            swaps.add(new BuildPlan.DirectorySwap(fresh, target));
        }
        return new LocalCaches(exports, swaps);
    }

    /** A hidden file or directory in the same folder, and so on the same file system. */
    static String beside(String target, String id) {
        String path = target.replaceAll("(?<=.)/+$", "");
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(0, slash + 1) + "." + path.substring(slash + 1) + ".fresh-" + id;
    }
}

package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Where cache exports go. BuildKit never removes anything from a local cache directory, so for {@code cache: local} the
 * export is written afresh beside the old one and takes its place afterwards. That of a {@code cache-to} that a person wrote
 * is written afresh too, and added to what is there.
 *
 * @param exports the {@code --cache-to} entries
 * @param swaps what is exchanged after success
 */
public record LocalCaches(List<CacheSpec> exports, List<BuildPlan.DirectorySwap> swaps) {
    static LocalCaches of(BuildRequest.Caching caching, RunPlace place) {
        boolean replaced = caching.shorthand()
                .map(s -> s.kind() == CacheShorthand.Kind.LOCAL)
                .orElse(false);
        List<CacheSpec> exports = new ArrayList<>();
        List<BuildPlan.DirectorySwap> swaps = new ArrayList<>();
        for (CacheSpec export : caching.to()) {
            String target = export.attributes().get("dest").orElse("");
            if (!export.type().equals("local") || target.isBlank() || tidies(export)) {
                exports.add(export);
                continue;
            }
            String fresh = replaced ? beside(target, place.id()) : in(target, "", place.id());
            exports.add(export.with("dest", fresh));
            swaps.add(new BuildPlan.DirectorySwap(fresh, target, !replaced));
        }
        return new LocalCaches(exports, swaps.stream().distinct().toList());
    }

    /** BuildKit's client then removes what is in the directory without need, which has to be the real one. */
    private static boolean tidies(CacheSpec export) {
        return export.attributes().get("reset").isPresent();
    }

    /**
     * A hidden directory in one that may be a mount point, and need not be there yet.
     *
     * @param label in its name: of several that write to the same place
     */
    static String in(String directory, String label, String id) {
        return beside(directory.replaceAll("(?<=.)/+$", "") + "/buildkit-ci" + label, id);
    }

    /** A hidden file or directory in the same folder, and so on the same file system. */
    static String beside(String target, String id) {
        String path = target.replaceAll("(?<=.)/+$", "");
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(0, slash + 1) + "." + path.substring(slash + 1) + ".fresh-" + id;
    }
}

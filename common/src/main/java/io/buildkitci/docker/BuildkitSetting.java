package io.buildkitci.docker;

import io.buildkitci.json.FlagEdit;
import io.buildkitci.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The lines of an engine's {@code daemon.json} that turn on BuildKit and the containerd image store. */
public final class BuildkitSetting {
    private static final Map<String, Boolean> FEATURES = new LinkedHashMap<>();

    static {
        FEATURES.put("buildkit", true);
        FEATURES.put("containerd-snapshotter", true);
    }

    /** Drivers of the older image store; the engine would take them for snapshotters and unpack no image. */
    private static final Set<String> GRAPH_DRIVERS =
            Set.of("overlay2", "overlay", "aufs", "btrfs", "zfs", "devicemapper", "vfs", "fuse-overlayfs");

    private static final Set<String> SNAPSHOTTERS = Set.of("btrfs", "zfs", "fuse-overlayfs");

    private BuildkitSetting() {}

    /** What a file's text has to become. */
    public sealed interface Proposal {}

    /** It has all that is needed. */
    public record Settled() implements Proposal {}

    /** Nothing else of it changes. */
    public record Change(String text) implements Proposal {}

    /** @param reason with the place in the text where there is one, a clause */
    public record Refused(String reason) implements Proposal {}

    /** @param text of the file; empty text where there is none */
    public static Proposal of(String text) {
        FlagEdit.Result result = FlagEdit.set(text, "features", FEATURES);
        if (result instanceof FlagEdit.Refused refused) {
            return new Refused("line " + refused.line() + ", column " + refused.column() + ": " + refused.reason());
        }
        String driver = PlainJson.parse(text).text("storage-driver");
        if (GRAPH_DRIVERS.contains(driver)) {
            return new Refused("\"storage-driver\": \"" + driver + "\" is of the older image store; with the containerd"
                    + " one it is " + (SNAPSHOTTERS.contains(driver) ? "another thing" : "unknown")
                    + ", so take that line out first");
        }
        String edited = ((FlagEdit.Edited) result).text();
        return edited.equals(text) ? new Settled() : new Change(edited);
    }
}

package io.buildkitci.plan;

import io.buildkitci.plan.BuildPlan.DirectorySwap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One row of the table: what a person typed and what there is, to everything that will be done. */
final class Row {
    private static final List<String> RECORDS =
            List.of("--progress", "rawjson", "--metadata-file", "/run/w/metadata.json");
    private static final List<String> IMAGE_ID = List.of("--iidfile", "/run/w/iid");

    private final String what;
    private final Asked asked;
    private Capabilities capabilities = Machines.engine();
    private List<String> flags = List.of();
    private String context = ".";
    private boolean imageId = true;
    private final Map<String, String> environment = new TreeMap<>(Map.of("BUILDX_METADATA_WARNINGS", "true"));
    private final Map<String, String> files = new TreeMap<>();
    private final List<DirectorySwap> swaps = new ArrayList<>();
    private final List<BuildPlan.Staged> staged = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Row(String what, Asked asked) {
        this.what = what;
        this.asked = asked;
    }

    static Row of(String what, String... inputs) {
        return new Row(what, Asked.of(inputs));
    }

    static Row of(String what, Asked asked) {
        return new Row(what, asked);
    }

    Row on(Capabilities other) {
        capabilities = other;
        return this;
    }

    /** What stands between {@code build} and {@code --progress}; for buildctl, everything before the latter. */
    Row flags(String... expected) {
        flags = List.of(expected);
        return this;
    }

    Row context(String expected) {
        context = expected;
        return this;
    }

    /** buildx refuses an image id beside exports that make no image. */
    Row withoutImageId() {
        imageId = false;
        return this;
    }

    Row variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Row file(String name, String content) {
        files.put(name, content);
        return this;
    }

    Row swap(String fresh, String target) {
        swaps.add(new DirectorySwap(fresh, target));
        return this;
    }

    /** A cache that is added to the one that is there. */
    Row added(String fresh, String target) {
        swaps.add(new DirectorySwap(fresh, target, true));
        return this;
    }

    /** An output that is put in its place afterwards. */
    Row staged(String fresh, String target) {
        staged.add(new BuildPlan.Staged(fresh, target));
        return this;
    }

    /** An OCI layout that is added to the one that is there. */
    Row layout(String fresh, String target) {
        staged.add(new BuildPlan.Staged(fresh, target, true));
        return this;
    }

    Row note(String text) {
        notes.add(text);
        return this;
    }

    BuildPlan plan() {
        return asked.plan(capabilities);
    }

    BuildPlan expected() {
        List<String> argv = new ArrayList<>(capabilities.client().command());
        if (capabilities.client() instanceof Capabilities.Buildctl) {
            argv.addAll(flags);
            argv.addAll(RECORDS);
            environment.remove("BUILDX_METADATA_WARNINGS");
            return new BuildPlan(argv, environment, files, swaps, staged, notes);
        }
        argv.add("build");
        argv.addAll(flags);
        argv.addAll(RECORDS);
        argv.addAll(imageId ? IMAGE_ID : List.of());
        argv.add(context);
        return new BuildPlan(argv, environment, files, swaps, staged, notes);
    }

    Set<String> inputs() {
        return new TreeSet<>(asked.given());
    }

    @Override
    public String toString() {
        return what;
    }
}

package io.buildkitci.build;

import io.buildkitci.plan.BuildPlan;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Local cache directories: mended before a build, exchanged after a good one, never lost by a bad one. */
final class CacheDirectories {
    private final HostFiles files;

    CacheDirectories(HostFiles files) {
        this.files = files;
    }

    /**
     * Ends what a killed run left half done.
     *
     * @param workspace of this run: the workspaces of other runs that live are beside it
     * @return what went wrong, for the report: an old cache that cannot be mended fails no build
     */
    List<String> recover(List<BuildPlan.DirectorySwap> swaps, Path workspace) {
        List<String> troubles = new ArrayList<>();
        for (BuildPlan.DirectorySwap swap : swaps) {
            Path target = Path.of(swap.target());
            Path fresh = Path.of(swap.fresh());
            try {
                if (!swap.adds()) {
                    files.recoverDirectory(target);
                }
                Abandoned.remove(fresh, workspace, files);
            } catch (IOException e) {
                troubles.add("what a killed build left of the cache in " + swap.target() + " is still there: "
                        + e.getMessage());
            }
        }
        return troubles;
    }

    /** Saves the client from writing again what is in caches that it adds to. */
    void lend(List<BuildPlan.DirectorySwap> swaps) {
        for (BuildPlan.DirectorySwap swap : swaps) {
            if (swap.adds()) {
                layout(swap).lendTo(Path.of(swap.fresh()));
            }
        }
    }

    /** What the client says, in the names of the person. */
    static String named(String line, List<BuildPlan.DirectorySwap> swaps) {
        String named = line;
        for (BuildPlan.DirectorySwap swap : swaps) {
            named = named.replace(swap.fresh(), swap.target());
        }
        return named;
    }

    private OciLayout layout(BuildPlan.DirectorySwap swap) {
        return new OciLayout(files, Path.of(swap.target()));
    }

    /**
     * Puts the fresh caches in place of the old ones, or adds them.
     *
     * @return what went wrong, for the report: a cache that could not be kept fails no build
     */
    List<String> exchange(List<BuildPlan.DirectorySwap> swaps) {
        List<String> troubles = new ArrayList<>();
        for (BuildPlan.DirectorySwap swap : swaps) {
            Path fresh = Path.of(swap.fresh());
            try {
                if (swap.adds() && layout(swap).isIn(fresh)) {
                    layout(swap).add(fresh);
                } else if (!swap.adds() && files.isDirectory(fresh)) {
                    files.replaceDirectory(fresh, Path.of(swap.target()));
                } else {
                    troubles.add("the cache in " + swap.target() + " was not renewed: the build exported none");
                }
            } catch (IOException e) {
                troubles.add("the cache in " + swap.target() + " was not renewed: " + e.getMessage());
            }
        }
        return troubles;
    }

    /** Removes what a build that did not succeed has written. */
    void discard(List<BuildPlan.DirectorySwap> swaps) {
        for (BuildPlan.DirectorySwap swap : swaps) {
            try {
                files.remove(Path.of(swap.fresh()));
            } catch (IOException e) {
                // the next run finds it by its name and removes it
            }
        }
    }
}

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
            try {
                files.recoverDirectory(target);
                Abandoned.remove(Path.of(swap.fresh()), workspace, files);
            } catch (IOException e) {
                troubles.add("what a killed build left of the cache in " + swap.target() + " is still there: "
                        + e.getMessage());
            }
        }
        return troubles;
    }

    /**
     * Puts the fresh caches in place of the old ones.
     *
     * @return what went wrong, for the report: a cache that could not be kept fails no build
     */
    List<String> exchange(List<BuildPlan.DirectorySwap> swaps) {
        List<String> troubles = new ArrayList<>();
        for (BuildPlan.DirectorySwap swap : swaps) {
            Path fresh = Path.of(swap.fresh());
            try {
                if (files.isDirectory(fresh)) {
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

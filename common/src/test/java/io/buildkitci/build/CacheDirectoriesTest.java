package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalFiles;
import io.buildkitci.plan.BuildPlan.DirectorySwap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoriesTest {
    @TempDir
    Path root;

    private Path caches;
    private Path target;
    private Path fresh;
    private Path workspace;
    private final CacheDirectories directories = new CacheDirectories(new LocalFiles());

    @BeforeEach
    void anOldCacheAndAWorkspace() throws IOException {
        caches = Files.createDirectory(root.resolve("caches"));
        target = caches.resolve("main");
        fresh = caches.resolve(".main.fresh-run-7");
        workspace = Files.createDirectories(root.resolve("workspaces/run-7"));
        layer(target, "old");
    }

    @Test
    void afterSuccessTheFreshCacheTakesThePlaceOfTheOldOne() throws IOException {
        layer(fresh, "new");

        assertThat(directories.exchange(swaps())).isEmpty();

        assertThat(layers()).containsExactly("main/new");
    }

    @Test
    void theFirstCacheNeedsNoOldOne() throws IOException {
        Path first = caches.resolve("a/b/topic");
        Path itsFresh = caches.resolve("a/b/.topic.fresh-run-7");
        layer(itsFresh, "new");

        assertThat(directories.exchange(List.of(new DirectorySwap(itsFresh.toString(), first.toString()))))
                .isEmpty();

        assertThat(layers()).containsExactly("a/b/topic/new", "main/old");
    }

    @Test
    void aBuildThatExportedNothingKeepsTheOldCacheAndSaysSo() throws IOException {
        assertThat(directories.exchange(swaps()))
                .containsExactly("the cache in " + target + " was not renewed: the build exported none");

        assertThat(layers()).containsExactly("main/old");
    }

    @Test
    void aCacheThatIsAddedToIsLeftAsItIsUntilThen() throws IOException {
        Path itsFresh = target.resolve(".buildkit-ci.fresh-run-7");
        List<DirectorySwap> added = List.of(new DirectorySwap(itsFresh.toString(), target.toString(), true));
        layer(target.resolve("blobs"), "old");

        directories.lend(added);
        assertThat(directories.exchange(added))
                .containsExactly("the cache in " + target + " was not renewed: the build exported none");
        layer(itsFresh.resolve("blobs"), "new");
        Files.writeString(itsFresh.resolve("index.json"), "{}");
        assertThat(directories.exchange(added)).isEmpty();

        assertThat(layers()).containsExactly("main/blobs/new", "main/blobs/old", "main/index.json", "main/old");
    }

    @Test
    void aCacheThatCannotBeExchangedIsToldAndTheOthersAreExchanged() throws IOException {
        layer(fresh, "new");
        Path blocked = Files.createFile(caches.resolve("file")).resolve("below");
        DirectorySwap impossible = new DirectorySwap(fresh.toString(), blocked.toString());
        Path other = caches.resolve(".other.fresh-run-7");
        layer(other, "new");

        List<String> troubles = directories.exchange(List.of(
                impossible,
                new DirectorySwap(other.toString(), caches.resolve("other").toString())));

        assertThat(troubles).singleElement().asString().startsWith("the cache in " + blocked + " was not renewed: ");
        assertThat(layers()).contains("other/new", "main/old");
    }

    @Test
    void afterAFailureTheFreshCacheGoesAndTheOldOneStays() throws IOException {
        layer(fresh, "half");

        directories.discard(swaps());

        assertThat(layers()).containsExactly("main/old");
        directories.discard(swaps());
    }

    @Test
    void whatDeadRunsLeftIsRemovedAndOnlyThat() throws IOException {
        layer(caches.resolve(".main.fresh-run-3"), "dead");
        layer(caches.resolve(".main.fresh-run-5"), "alive");
        layer(caches.resolve(".other.fresh-run-3"), "of another cache");
        layer(caches.resolve(".main.fresh"), "a person's");
        Files.createDirectory(workspace.resolveSibling("run-5"));

        assertThat(directories.recover(swaps(), workspace)).isEmpty();

        assertThat(layers())
                .containsExactly(
                        ".main.fresh-run-5/alive",
                        ".main.fresh/a person's",
                        ".other.fresh-run-3/of another cache",
                        "main/old");
    }

    @Test
    void thereMayBeNothingToRecover() {
        Path nowhere = root.resolve("nowhere/main");

        assertThat(directories.recover(List.of(new DirectorySwap(fresh.toString(), nowhere.toString())), workspace))
                .isEmpty();
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aRelativeCacheIsRecoveredToo() {
        assertThat(directories.recover(List.of(new DirectorySwap(".none.fresh-run-7", "none")), workspace))
                .isEmpty();
    }

    @Test
    void leftoversThatCannotBeRemovedFailNoBuild() {
        CacheDirectories stuck = new CacheDirectories(new UnwillingFiles());

        assertThat(stuck.recover(swaps(), workspace))
                .containsExactly("what a killed build left of the cache in " + target
                        + " is still there: Operation not permitted");
        stuck.discard(swaps());
    }

    private List<DirectorySwap> swaps() {
        return List.of(new DirectorySwap(fresh.toString(), target.toString()));
    }

    private static void layer(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        Files.createFile(directory.resolve(name));
    }

    private List<String> layers() throws IOException {
        try (Stream<Path> all = Files.walk(caches)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> caches.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}

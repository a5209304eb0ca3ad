package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand entries in a hundred scopes. */
class ManyEntriesTest {
    private static final int SCOPES = 100;
    private static final int LAYERS = 98;

    @TempDir
    Path directory;

    @Test
    void allOfThemAreFoundAfterARestartAndThoseThatAreUsedStayWhenThereIsNoRoom() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(1 << 30, 1 << 30))) {
            for (int scope = 0; scope < SCOPES; scope++) {
                String[] contents = new String[LAYERS];
                for (int layer = 0; layer < LAYERS; layer++) {
                    contents[layer] = "layer " + layer + " of " + scope;
                    shelf.putBlob("job", "branch" + scope, contents[layer]);
                }
                shelf.put(Shelf.index("job", "branch" + scope, "app", 1), Shelf.listing(contents));
                shelf.put(Shelf.index("job", "branch" + scope, "app", 2), Shelf.listing(contents));
                shelf.later(1000);
            }
        }
        long bytes;
        try (Shelf again = new Shelf(directory, Limits.of(1 << 30, 1 << 30), 1_000_000)) {
            Stats.OfNamespace job = again.store().stats().namespaces().get(0);
            assertThat(job.entries()).isEqualTo(SCOPES * (LAYERS + 2));
            assertThat(job.scopes())
                    .hasSize(SCOPES)
                    .allSatisfy(s -> assertThat(s.indexes()).isEqualTo(2));
            Random random = new Random(1);
            for (int i = 0; i < 500; i++) {
                int scope = random.nextInt(SCOPES);
                String content = "layer " + random.nextInt(LAYERS) + " of " + scope;
                assertThat(again.hasBlob("job", "branch" + scope, content)).isTrue();
                assertThat(again.hasBlob("job", "branch" + (scope + 1) % SCOPES, content))
                        .isFalse();
            }
            assertThat(again.store().find("job", List.of("branch7"), Shelf.VERSION, "i", List.of("index-app-1-")))
                    .hasValueSatisfying(
                            found -> assertThat(found.key()).isEqualTo(Shelf.index("job", "branch7", "app", 2)));
            bytes = again.store().totals().bytes();
        }
        try (Shelf full = new Shelf(directory, Limits.of(bytes, bytes), 2_000_000)) {
            for (int scope = 0; scope < SCOPES / 2; scope++) {
                full.get(Shelf.index("job", "branch" + scope, "app", 2));
            }
            full.later(1000);
            full.putBlob("job", "new", "n".repeat((int) (bytes / 2)));
            List<Stats.OfScope> scopes =
                    full.store().stats().namespaces().get(0).scopes();
            assertThat(full.store().totals().bytes()).isLessThanOrEqualTo(bytes);
            assertThat(scopes)
                    .filteredOn(s -> s.traffic().used() == 2_000_000)
                    .hasSize(SCOPES / 2)
                    .allSatisfy(
                            s -> assertThat(List.of(s.entries(), s.indexes())).containsExactly(LAYERS + 2, 2));
        }
    }
}

package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest.Caching;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.plan.BuildPlan.DirectorySwap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalCachesTest {
    @ParameterizedTest
    @CsvSource({
        "cache, .cache.fresh-run-7",
        "cache/, .cache.fresh-run-7",
        "./cache, ./.cache.fresh-run-7",
        "a b/cache, a b/.cache.fresh-run-7",
        "../cache//, ../.cache.fresh-run-7",
        "/cache, /.cache.fresh-run-7",
        "/var/cache/, /var/.cache.fresh-run-7",
        "/var/.cache, /var/..cache.fresh-run-7"
    })
    void writesAfreshBesideTheTarget(String target, String fresh) {
        LocalCaches caches = LocalCaches.of(shorthand("local", local(target)), Asked.PLACE);

        assertThat(caches.swaps()).containsExactly(new DirectorySwap(fresh, target));
        assertThat(caches.exports()).containsExactly(local(fresh));
    }

    @Test
    void twoTargetsAreExchangedApart() {
        LocalCaches caches = LocalCaches.of(shorthand("local", local("a"), local("b")), Asked.PLACE);

        assertThat(caches.swaps())
                .containsExactly(new DirectorySwap(".a.fresh-run-7", "a"), new DirectorySwap(".b.fresh-run-7", "b"));
    }

    @ParameterizedTest
    @CsvSource({"a, a/.buildkit-ci.fresh-run-7", "/c//, /c/.buildkit-ci.fresh-run-7", "., ./.buildkit-ci.fresh-run-7"})
    void whatAPersonWroteIsAddedTo(String target, String fresh) {
        assertThat(LocalCaches.of(written(local(target), local(target)), Asked.PLACE))
                .isEqualTo(new LocalCaches(
                        List.of(local(fresh), local(fresh)), List.of(new DirectorySwap(fresh, target, true))));
    }

    @Test
    void leavesAloneWhatTheClientTidiesUp() {
        CacheSpec tidied = local("a").with("reset", "true");

        assertThat(LocalCaches.of(written(tidied), Asked.PLACE)).isEqualTo(new LocalCaches(List.of(tidied), List.of()));
    }

    private static Caching written(CacheSpec... to) {
        return new Caching(
                Optional.empty(), Optional.empty(), List.of(), List.of(to), Optional.empty(), false, List.of(), false);
    }

    @Test
    void leavesAloneWhatIsNoDirectory() {
        CacheSpec gha = new CacheSpec("gha", Attributes.of("dest", "a"));

        assertThat(LocalCaches.of(shorthand("gha", gha), Asked.PLACE).swaps()).isEmpty();
        assertThat(LocalCaches.of(shorthand("local", gha), Asked.PLACE).swaps()).isEmpty();
    }

    private static Caching shorthand(String cache, CacheSpec... to) {
        CacheShorthand.Kind kind = cache.equals("gha") ? CacheShorthand.Kind.GHA : CacheShorthand.Kind.LOCAL;
        return new Caching(
                Optional.of(new CacheShorthand(kind, Optional.empty())),
                Optional.empty(),
                List.of(),
                List.of(to),
                Optional.empty(),
                false,
                List.of(),
                false);
    }

    private static CacheSpec local(String directory) {
        return new CacheSpec("local", Attributes.of("dest", directory));
    }
}

package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.CachePass;
import io.buildkitci.model.Secret;
import io.buildkitci.model.ServiceCache;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a cache service over a restart. */
class KeptCacheTest {
    private static ServiceCache service(Optional<Secret> write) {
        return new ServiceCache(
                "http://cache.example:8321",
                new CachePass(
                        List.of("http://cache.example:8321"),
                        new Secret("reading \"token\""),
                        write,
                        List.of("PR-7", "main"),
                        new CachePass.Sign("/", new Secret(""))));
    }

    @Test
    void itComesBackAsItWas() {
        for (Optional<Secret> write : List.of(Optional.of(new Secret("writing")), Optional.<Secret>empty())) {
            KeptCache kept = new KeptCache(Optional.of(service(write)), List.of("a note", "ü"));
            assertThat(KeptCache.unsealed(kept.sealed())).isEqualTo(kept);
        }
        KeptCache without = new KeptCache(Optional.empty(), List.of("built without"));
        assertThat(KeptCache.unsealed(without.sealed())).isEqualTo(without);
        assertThat(KeptCache.unsealed("")).isEqualTo(KeptCache.NONE);
    }

    @Test
    void whatIsKeptIsEncrypted() {
        KeptCache kept = new KeptCache(Optional.of(service(Optional.of(new Secret("writing")))), List.of());
        assertThat(kept.sealed()).doesNotContain("reading").doesNotContain("writing");
        assertThat(kept.toString()).doesNotContain("reading").doesNotContain("writing");
    }
}

package io.buildkitci.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.json.PlainJson;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Secret;
import io.buildkitci.model.ServiceCache;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cache service comes to: entries without a secret, and variables with them. */
class ServiceEntriesTest {
    private static final String ADDRESS = "http://cache.example:8321";
    private static final ServiceCache SERVICE = service(Optional.of(new Secret("writing")));

    private static ServiceCache service(Optional<Secret> write) {
        CachePass.Sign sign = new CachePass.Sign("/sign/1", new Secret("key"));
        return new ServiceCache(
                ADDRESS,
                new CachePass(
                        List.of(ADDRESS), new Secret("reading"), write, List.of("PR-7", "the \"main\" one"), sign));
    }

    private static CacheScope scope() throws Exception {
        return new CacheScope(
                List.of(ImageRef.parse("registry.example/app:1")),
                List.of(Platform.parse("linux/amd64")),
                Optional.of("PR-7"),
                Optional.of("main"),
                Optional.empty());
    }

    @Test
    void whatReadsBringsClaimsAndWhatWritesBringsAnAddress() throws Exception {
        CacheExpansion.Sides sides = ServiceEntries.of(SERVICE, scope());

        assertThat(sides.from())
                .extracting(spec -> spec.attributes().get("scope").orElseThrow())
                .containsExactly("registry.example/app@amd64-PR-7", "registry.example/app@amd64-main");
        assertThat(sides.from())
                .allSatisfy(spec -> assertThat(spec.attributes().values())
                        .containsOnlyKeys("version", "timeout", "token", "scope"));
        assertThat(sides.to())
                .singleElement()
                .satisfies(spec -> assertThat(spec.render())
                        .isEqualTo("type=gha,version=2,timeout=1m,url_v2=" + ADDRESS
                                + "/,scope=registry.example/app@amd64-PR-7,mode=max,ignore-error=true"));
    }

    @Test
    void theClaimsNameTheScopesThatAreReadAndAllowNothing() throws Exception {
        String token = ServiceEntries.of(SERVICE, scope())
                .from()
                .get(0)
                .attributes()
                .get("token")
                .orElseThrow();

        String[] parts = token.split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(parts[2]).isEmpty();
        assertThat(json(parts[0]).text("alg")).isEqualTo("none");
        assertThat(json(parts[1]).text("ac"))
                .isEqualTo("[{\"Scope\":\"PR-7\",\"Permission\":1},"
                        + "{\"Scope\":\"the \\\"main\\\" one\",\"Permission\":1}]");
        assertThat(json(parts[1]).wholeNumber("exp").orElse(0L)).isGreaterThan(4_000_000_000L);
        assertThat(json(parts[1]).has("nbf")).isTrue();
    }

    private static PlainJson json(String part) {
        return PlainJson.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    @Test
    void noSecretIsInAnEntryAndEachGoesItsOwnWay() throws Exception {
        CacheExpansion.Sides sides = ServiceEntries.of(SERVICE, scope());

        assertThat(sides.from().stream().map(CacheSpec::render))
                .noneMatch(text -> text.contains("reading") || text.contains("writing"));
        assertThat(SERVICE.variables())
                .isEqualTo(Map.of(
                        "ACTIONS_RESULTS_URL", ADDRESS + "/r/reading/",
                        "ACTIONS_CACHE_URL", ADDRESS + "/",
                        "ACTIONS_RUNTIME_TOKEN", "writing"));
        assertThat(SERVICE.toString()).doesNotContain("reading").doesNotContain("writing");
    }

    @Test
    void aPassThatOnlyReadsWritesNothing() throws Exception {
        ServiceCache reading = service(Optional.empty());

        assertThat(ServiceEntries.of(reading, scope()).to()).isEmpty();
        assertThat(reading.variables()).containsOnlyKeys("ACTIONS_RESULTS_URL", "ACTIONS_CACHE_URL");
    }

    @Test
    void aPlanShowsTheAddressThatWasGiven() throws Exception {
        CacheExpansion.Sides sides = (CacheExpansion.Sides)
                CacheExpansion.expand(CacheShorthand.parse("service=" + ADDRESS + "//"), scope());

        assertThat(sides.to().get(0).attributes().get("url_v2")).contains(ADDRESS + "/");
        assertThat(sides.from()).hasSize(2);
    }
}

package io.buildkitci.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheExpansionTest {
    private static final CacheScope CHANGE = new CacheScope(
            refs("r.example/team/app:1", "r.example/team/app:latest"),
            platforms("linux/arm/v7", "linux/amd64", "windows/amd64"),
            Optional.of("fix-1"),
            Optional.of("release"),
            Optional.of("main"));

    @Test
    void aRegistryCacheLivesBesideTheImageReadsUpwardsAndWritesItsOwn() throws Exception {
        CacheExpansion.Sides sides = expand("registry", CHANGE);

        assertThat(sides.from())
                .map(CacheSpec::render)
                .containsExactly(
                        "type=registry,ref=r.example/team/app:buildcache-amd64_armv7_windowsamd64-fix-1",
                        "type=registry,ref=r.example/team/app:buildcache-amd64_armv7_windowsamd64-release",
                        "type=registry,ref=r.example/team/app:buildcache-amd64_armv7_windowsamd64-main");
        assertThat(sides.to())
                .map(CacheSpec::render)
                .containsExactly("type=registry,ref=r.example/team/app:buildcache-amd64_armv7_windowsamd64-fix-1,"
                        + "mode=max,ignore-error=true,image-manifest=true");
    }

    @Test
    void aRegistryCacheMayLiveInAnotherRepository() throws Exception {
        assertThat(expand("registry=c.example/cache", CacheScope.of(List.of(), List.of()))
                        .from())
                .map(CacheSpec::render)
                .containsExactly("type=registry,ref=c.example/cache:buildcache-native");
    }

    @Test
    void aReferenceWithATagIsTakenAsItIs() throws Exception {
        CacheExpansion.Sides sides = expand("registry=c.example/cache:app", CHANGE);

        assertThat(sides.from()).map(CacheSpec::render).containsExactly("type=registry,ref=c.example/cache:app");
        assertThat(sides.to())
                .map(CacheSpec::render)
                .containsExactly(
                        "type=registry,ref=c.example/cache:app,mode=max,ignore-error=true,image-manifest=true");
    }

    @Test
    void ofAReferenceWithATagEveryTargetHasItsOwn() throws Exception {
        CacheExpansion.Sides web = expand("registry=c.example:5000/cache:main", CHANGE.ofTarget("web"));

        assertThat(web.from())
                .map(CacheSpec::render)
                .containsExactly("type=registry,ref=c.example:5000/cache:main-web");
        assertThat(web.to().get(0).render()).startsWith("type=registry,ref=c.example:5000/cache:main-web,mode=max,");
        String longest = "registry=c.example/cache:" + "t".repeat(128);
        assertThat(refOf(expand(longest, CHANGE.ofTarget("web"))))
                .isNotEqualTo(refOf(expand(longest, CHANGE.ofTarget("api"))))
                .satisfies(ref -> assertThat(ImageRef.parse(ref).tag()).hasSize(128));
    }

    private static String refOf(CacheExpansion.Sides sides) {
        return sides.to().get(0).attributes().get("ref").orElseThrow();
    }

    @Test
    void anInlineCacheIsReadFromEveryTag() throws Exception {
        CacheExpansion.Sides sides = expand("inline", CHANGE);

        assertThat(sides.from())
                .map(CacheSpec::render)
                .containsExactly(
                        "type=registry,ref=r.example/team/app:1", "type=registry,ref=r.example/team/app:latest");
        assertThat(sides.to()).map(CacheSpec::render).containsExactly("type=inline");
    }

    @Test
    void aLocalCacheHasADirectoryPerScope() throws Exception {
        CacheScope unnamed =
                new CacheScope(List.of(), platforms("arm64"), Optional.of("x"), Optional.empty(), Optional.of("main"));

        CacheExpansion.Sides sides = expand("local=/var/cache/", unnamed);

        assertThat(sides.from())
                .map(CacheSpec::render)
                .containsExactly("type=local,src=/var/cache/arm64-x", "type=local,src=/var/cache/arm64-main");
        assertThat(sides.to())
                .map(CacheSpec::render)
                .containsExactly("type=local,dest=/var/cache/arm64-x,mode=max,ignore-error=true");
        assertThat(expand("local", unnamed).to())
                .singleElement()
                .satisfies(s -> assertThat(s.attributes().get("dest")).contains(".buildkit-cache/arm64-x"));
    }

    @Test
    void imagesShareNoLocalCache() throws Exception {
        Set<Optional<String>> places = new HashSet<>();
        for (String tag : List.of("r.example/a/b:1", "r.example/a-b:1", "r.example-a/b:1", "r.example/a/b:2")) {
            places.add(expand("local", CacheScope.of(refs(tag), List.of()))
                    .to()
                    .get(0)
                    .attributes()
                    .get("dest"));
        }

        assertThat(places).hasSize(3);
    }

    @Test
    void theServiceOfTheCiKeepsAScopePerImage() throws Exception {
        CacheExpansion.Sides sides = expand("gha", CHANGE);

        assertThat(sides.from())
                .hasSize(3)
                .first()
                .satisfies(s -> assertThat(s.render())
                        .isEqualTo("type=gha,scope=r.example/team/app@amd64_armv7_windowsamd64-fix-1"));
        assertThat(sides.to())
                .map(CacheSpec::render)
                .containsExactly(
                        "type=gha,scope=r.example/team/app@amd64_armv7_windowsamd64-fix-1,mode=max,ignore-error=true");
    }

    @Test
    void targetsOfOneImageAndOnesWithoutANameShareNoCache() throws Exception {
        CacheScope unnamed = CacheScope.of(List.of(), platforms("arm64"));

        assertThat(expand("registry", CHANGE.ofTarget("app")).to().get(0).render())
                .startsWith("type=registry,ref=r.example/team/app:buildcache-app.amd64_armv7_windowsamd64-fix-1,");
        assertThat(expand("gha", unnamed.ofTarget("app"))
                        .to()
                        .get(0)
                        .attributes()
                        .get("scope"))
                .contains("app.arm64");
        assertThat(expand("gha", unnamed.ofTarget("test")).from())
                .map(CacheSpec::render)
                .containsExactly("type=gha,scope=test.arm64");
    }

    @Test
    void noneIsNothing() throws Exception {
        assertThat(expand("none", CHANGE)).isEqualTo(new CacheExpansion.Sides(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry", "inline"})
    void saysThatATagIsMissing(String shorthand) throws Exception {
        assertThat(CacheExpansion.expand(CacheShorthand.parse(shorthand), CacheScope.of(List.of(), List.of())))
                .isInstanceOf(CacheExpansion.NeedsTag.class);
    }

    @Test
    void theMainBranchReadsItselfOnce() throws Exception {
        CacheScope main =
                new CacheScope(refs("app"), List.of(), Optional.of("main"), Optional.empty(), Optional.of("main"));

        assertThat(expand("registry", main).from())
                .map(CacheSpec::render)
                .containsExactly("type=registry,ref=app:buildcache-native-main");
    }

    @Test
    void theOrderOfPlatformsDoesNotMatter() throws Exception {
        assertThat(expand("registry", CacheScope.of(refs("app"), platforms("arm64", "amd64"))))
                .isEqualTo(expand("registry", CacheScope.of(refs("app"), platforms("amd64", "arm64", "amd64"))));
    }

    @Test
    void everyBranchHasAScopeOfItsOwnThatIsAValidTag() throws Exception {
        Random random = new Random(3);
        List<String> branches = new ArrayList<>(List.of(
                "feature/a", "feature-a", "feature_a", "a".repeat(300), "a".repeat(301), "ü", "ö", "", ".", "A", "a"));
        for (int i = 0; i < 200; i++) {
            branches.add(random.ints(1 + random.nextInt(150), 33, 0x250)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        Set<String> refs = new HashSet<>();
        for (String branch : branches) {
            CacheScope scope = new CacheScope(
                    refs("app"), platforms("amd64"), Optional.of(branch), Optional.empty(), Optional.empty());
            String ref = refOf(expand("registry", scope));

            assertThat(ImageRef.parse(ref).tag()).as(branch).startsWith("buildcache-amd64-");
            assertThat(refs.add(ref)).as(branch).isTrue();
        }
    }

    private static CacheExpansion.Sides expand(String shorthand, CacheScope scope) throws InvalidValue {
        return (CacheExpansion.Sides) CacheExpansion.expand(CacheShorthand.parse(shorthand), scope);
    }

    private static List<ImageRef> refs(String... texts) {
        List<ImageRef> refs = new ArrayList<>();
        for (String text : texts) {
            try {
                refs.add(ImageRef.parse(text));
            } catch (InvalidValue e) {
                throw new IllegalArgumentException(e);
            }
        }
        return refs;
    }

    private static List<Platform> platforms(String... texts) {
        List<Platform> platforms = new ArrayList<>();
        for (String text : texts) {
            try {
                platforms.add(Platform.parse(text));
            } catch (InvalidValue e) {
                throw new IllegalArgumentException(e);
            }
        }
        return platforms;
    }
}

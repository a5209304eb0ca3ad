package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.build.Retrying.Again;
import io.buildkitci.build.Retrying.Without;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Machines;
import io.buildkitci.words.KnownWords;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures are worth another run, and when it comes. */
class RetryingTest {
    private static final Asked PUSH = Asked.of("push", "true", "tags", "registry.example/app:1");
    private static final Duration SOON = Duration.ofSeconds(5);

    /** By the recordings of real builds: what is run again on the driver that hides nothing. */
    @Test
    void onlyWhatMayPassIsRunAgain() {
        Classifier classifier = new Classifier(KnownWords.KNOWN);
        Set<String> again = RecordedBuild.all().stream()
                .filter(build -> List.of("remote", "container").contains(build.driver()))
                .filter(build -> classifier
                        .classify(build.evidence())
                        .flatMap(failure -> Retrying.after(finished(PUSH, failure, 0), SOON))
                        .isPresent())
                .map(RecordedBuild::name)
                .collect(Collectors.toSet());

        assertThat(again)
                .containsExactlyInAnyOrder(
                        "add-http-500",
                        "builder-removed",
                        "builder-unreachable",
                        "cache-export-401",
                        "cache-export-500",
                        "cache-export-gone",
                        "cache-export-no-oci",
                        "cache-gha-bad-token",
                        "cache-gha-no-room",
                        "cache-local-full",
                        "cache-local-no-room",
                        "daemon-killed",
                        "disk-full-in-cache-local",
                        "disk-full-in-cache-registry",
                        "frontend-offline",
                        "git-context-500",
                        "pull-429",
                        "pull-500",
                        "pull-drop",
                        "pull-hub",
                        "pull-hub-offline",
                        "pull-no-such-host",
                        "pull-refused",
                        "push-429",
                        "push-500",
                        "push-507",
                        "push-drop",
                        "push-hub",
                        "push-no-such-host",
                        "push-refused");
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,4", "2,8", "3,16", "4,32", "5,60", "9,60"})
    void theWaitDoublesUpToAMinute(int before, int seconds) {
        Asked patient = Asked.of("push", "true", "tags", "registry.example/app:1", "retries", "10");

        assertThat(after(patient, failure(FailureCode.REGISTRY_FAILED, "503"), before))
                .contains(new Again(Duration.ofSeconds(seconds), Without.NOTHING));
    }

    @ParameterizedTest
    @CsvSource({"BUILDER_LOST,0,5", "BUILDER_UNREACHABLE,1,10", "BUILDER_LOST,4,60", "STALLED,0,2"})
    void aBuilderGetsTheTimeToBeginAgain(FailureCode code, int before, int seconds) {
        Asked patient = Asked.of("push", "true", "tags", "registry.example/app:1", "retries", "10");

        assertThat(after(patient, failure(code, "gone"), before).map(Again::pause))
                .contains(Duration.ofSeconds(seconds));
    }

    @Test
    void onceIsTheDefaultAndNoneDisablesIt() {
        BuildFailure failure = failure(FailureCode.REGISTRY_UNREACHABLE, "connection refused");
        Asked never = Asked.of("push", "true", "tags", "registry.example/app:1", "retries", "0");

        assertThat(after(PUSH, failure, 0)).isPresent();
        assertThat(after(PUSH, failure, 1)).isEmpty();
        assertThat(after(never, failure, 0)).isEmpty();
    }

    static Stream<Arguments> asked() {
        return Stream.of(
                arguments("toomanyrequests: retry-after: 831.353µs, allowed: 44000/minute", Optional.of(2)),
                arguments("429 Too Many Requests, Retry-After: 17", Optional.of(17)),
                arguments("retry after 45s", Optional.of(45)),
                arguments("retry-after: 1m", Optional.of(60)),
                arguments("Retry-After: 21600", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aServiceThatSaysWhenIsBelievedAndNotWaitedForTooLong(String said, Optional<Integer> seconds) {
        assertThat(after(PUSH, failure(FailureCode.REGISTRY_RATE_LIMITED, said), 0)
                        .map(Again::pause))
                .isEqualTo(seconds.map(Duration::ofSeconds));
    }

    @Test
    void noRunBeginsThatWouldBeginAfterTheLimitOfTime() {
        BuildFailure failure = failure(FailureCode.REGISTRY_FAILED, "503");
        Asked limited = Asked.of("push", "true", "tags", "registry.example/app:1", "timeout", "10s");

        assertThat(Retrying.after(finished(limited, failure, 0), Duration.ofSeconds(7)))
                .isPresent();
        assertThat(Retrying.after(finished(limited, failure, 0), Duration.ofSeconds(8)))
                .isEmpty();
    }

    @Test
    void aBuildThatDeliversIsEndedWithoutTheCacheThatCannotBeWritten() {
        Asked never = cached("retries", "0");
        Asked needed = cached("cache-to", "type=registry,ref=cache.example/c:1,ignore-error=false", "retries", "0");
        Asked onlyCaches = Asked.of("cache-to", "type=registry,ref=cache.example/c:1");
        BuildFailure failure = failure(FailureCode.CACHE_EXPORT_FAILED, "error writing layer blob: 500");

        assertThat(after(never, failure, 0)).contains(new Again(Duration.ZERO, Without.CACHE_EXPORT));
        assertThat(after(needed, failure, 0)).isEmpty();
        assertThat(after(onlyCaches, failure, 0)).map(Again::without).contains(Without.NOTHING);
    }

    /** A builder whose disk is full has no room for a step either; what a build delivers is there when its cache is not. */
    @Test
    void whereNobodyHasRoomForTheCacheItIsLeftOutAndNothingIsTriedAgain() {
        Asked onlyCaches = Asked.of("cache-to", "type=local,dest=/cache");
        BuildFailure local = failure(FailureCode.CACHE_NO_ROOM, "no space left on device");

        assertThat(after(cached(), local, 0)).contains(new Again(Duration.ZERO, Without.CACHE_EXPORT));
        assertThat(after(onlyCaches, local, 0)).isEmpty();
        assertThat(after(cached(), failure(FailureCode.DISK_FULL, "no space left on device"), 0))
                .isEmpty();
    }

    static Stream<String> aboutTheCache() {
        return Stream.of(
                "failed to copy: httpReadSeeker: failed open: unexpected status from GET request to"
                        + " https://cache.example/v2/c/blobs/sha256:0: 503 Service Unavailable",
                "failed to configure registry cache importer: connection refused");
    }

    @ParameterizedTest
    @MethodSource("aboutTheCache")
    void aCacheThatIsGoneIsLeftOut(String said) {
        assertThat(after(cached(), failure(FailureCode.REGISTRY_FAILED, said), 0))
                .contains(new Again(Duration.ZERO, Without.CACHES));
    }

    @Test
    void theImagesOwnRegistryIsNotTakenForTheCaches() {
        String said = "failed to push registry.example/app:1: unexpected status from PUT request to"
                + " https://registry.example/v2/app/manifests/1: 503 Service Unavailable";

        assertThat(after(cached(), failure(FailureCode.REGISTRY_FAILED, said), 0)
                        .map(Again::without))
                .contains(Without.NOTHING);
    }

    @Test
    void whatIsLeftOutIsLeftOutOfTheRequest() {
        Asked asked = cached("cache-to", "type=registry,ref=cache.example/c:1\ntype=inline");

        assertThat(Without.CACHE_EXPORT.of(asked.request()).caching()).satisfies(caching -> {
            assertThat(caching.from()).extracting(CacheSpec::type).containsExactly("registry");
            assertThat(caching.to()).extracting(CacheSpec::type).containsExactly("inline");
        });
        assertThat(Without.CACHES.of(asked.request()).caching().from()).isEmpty();
        assertThat(Without.CACHES.and(Without.NOTHING)).isEqualTo(Without.CACHES);
        assertThat(Without.NOTHING.and(Without.CACHE_EXPORT)).isEqualTo(Without.CACHE_EXPORT);
    }

    @Test
    void aRunThatFailedIsToldInOneSentence() {
        assertThat(new Again(Duration.ofSeconds(2), Without.NOTHING)
                        .sentence(
                                1,
                                failure(FailureCode.REGISTRY_UNREACHABLE, "a.example cannot be reached"),
                                Duration.ofMillis(3_250)))
                .isEqualTo("run 1 failed at 3.3 s, run again after 2.0 s: a.example cannot be reached"
                        + "  [registry-unreachable]");
    }

    @Test
    void targetsAreRunAgainAsABuildIsAndDoWithoutTheCacheThatWasAskedForOnly() {
        Asked own = cached("retries", "1");
        Asked asked = Asked.of("cache", "registry=cache.example/c:1", "tags", "registry.example/app:1");
        String said = aboutTheCache().findFirst().orElseThrow();
        BuildFailure gone = failure(FailureCode.REGISTRY_FAILED, said);

        assertThat(Retrying.after(baked(own, gone, 0), SOON).map(Again::without))
                .contains(Without.NOTHING);
        assertThat(Retrying.after(baked(asked, gone, 0), SOON).map(Again::without))
                .contains(Without.CACHES);
        assertThat(Retrying.after(baked(own, gone, 1), SOON)).isEmpty();
        assertThat(Retrying.after(baked(own, failure(FailureCode.CACHE_EXPORT_FAILED, said), 1), SOON))
                .isEmpty();
        assertThat(Retrying.after(baked(own, failure(FailureCode.STEP_FAILED, "exit 1"), 0), SOON))
                .isEmpty();
    }

    /** Of one target that failed, and with it the whole. */
    private static Baked baked(Asked asked, BuildFailure failure, int before) {
        return new Baked(
                Map.of("app", finished(asked, failure, 0)),
                Optional.of(failure),
                List.of(),
                Optional.empty(),
                List.of(),
                Collections.nCopies(before, "a run failed"),
                SOON,
                asked.request().patience());
    }

    private static Asked cached(String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "push", "true", "tags", "registry.example/app:1", "cache-from", "type=registry,ref=cache.example/c:1"));
        if (!List.of(more).contains("cache-to")) {
            all.addAll(List.of("cache-to", "type=registry,ref=cache.example/c:1"));
        }
        all.addAll(List.of(more));
        return Asked.of(all.toArray(String[]::new));
    }

    private static Optional<Again> after(Asked asked, BuildFailure failure, int before) {
        return Retrying.after(finished(asked, failure, before), SOON);
    }

    private static BuildFailure failure(FailureCode code, String said) {
        return new BuildFailure(code, said, Optional.empty(), Optional.empty(), List.of(said), "Wait.", "docs");
    }

    private static Finished finished(Asked asked, BuildFailure failure, int before) {
        return new Finished(
                asked.request(),
                Machines.container(),
                Optional.empty(),
                Optional.of(failure),
                Map.of(),
                List.of(),
                Collections.nCopies(before, "a run failed"),
                SOON);
    }
}

package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.Place;
import io.buildkitci.words.KnownWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real builds that did not go well, on two releases of buildx, on buildctl and several drivers, are taken for. */
class RecordedFailuresTest {
    /** Where the docker driver's builds end differently, {@code case docker} has a row of its own. */
    private static final Map<String, String> EXPECTED = table("""
            add-http-500                     source-unavailable
            bad-cache-type                   invalid-option
            bad-flag                         bad-flag
            bad-flag-value                   bad-flag
            bad-output                       invalid-option
            bad-tag                          invalid-tag
            base-asked-for-another-platform  base-image-wrong-platform
            base-for-platform-missing        base-image-for-platform-missing
            base-missing                     base-image-missing
            base-name-blank                  dockerfile-syntax
            base-of-another-platform         base-image-wrong-platform
            build-arg-unset                  dockerfile-syntax
            builder-missing                  builder-missing
            builder-removed                  builder-lost
            builder-unreachable              builder-unreachable
            cache-export-401                 cache-export-failed
            cache-export-500                 cache-export-failed
            cache-export-500-ignored         built
            cache-export-gone                cache-export-failed
            cache-export-no-oci              cache-export-failed
            cache-gha-bad-token              cache-export-failed
            cache-gha-no-room                cache-export-failed
            cache-import-missing             built
            cache-import-refused             built
            cache-local-full                 cache-no-room
            cache-local-no-room              cache-no-room
            cancelled                        cancelled
            classic-attestation              capability-missing
            classic-cache-export             capability-missing
            classic-output-oci               capability-missing
            classic-two-platforms            capability-missing
            command-not-found                step-failed
            context-too-large                context-too-large
            copy-from-missing-stage          stage-missing
            copy-source-missing              copy-source-missing
            daemon-killed                    builder-lost
            disk-full                        disk-full
            disk-full-in-cache-local         disk-full
            disk-full-in-cache-registry      disk-full
            disk-full-in-step                disk-full
            dockerignore-invalid             dockerignore-invalid
            empty-dockerfile                 dockerfile-syntax
            emulated-step-failed             step-failed
            emulator-crashed                 emulator-crashed
            engine-unreachable               engine-unreachable
            entitlement-network              entitlement-missing
            entitlement-network-flag         entitlement-refused
            entitlement-not-given            entitlement-missing
            entitlement-not-given docker     dockerfile-syntax
            entitlement-refused              entitlement-refused
            frontend-missing                 frontend-unavailable
            frontend-offline                 frontend-unavailable
            git-context-500                  source-unavailable
            heredoc-open                     dockerfile-syntax
            import-fails-then-step           step-failed
            killed                           out-of-memory
            misleading-output                step-failed
            no-context                       no-context
            no-dockerfile                    no-dockerfile
            no-dockerfile-named              no-dockerfile
            no-emulator                      no-emulator
            no-overlay                       kernel-lacks-overlay
            odd-platform                     base-image-for-platform-missing
            output-no-room-docker            output-failed
            output-no-room-local             output-failed
            output-no-room-oci               output-failed
            output-no-room-tar               output-failed
            output-unwritable                output-failed
            parallel-stage-failed            step-failed
            proxy-407                        proxy-failed
            proxy-refused                    proxy-failed
            pull-401                         registry-unauthorized
            pull-401 docker                  registry-tls
            pull-403                         registry-denied
            pull-403 docker                  registry-tls
            pull-429                         registry-rate-limited
            pull-429 docker                  registry-tls
            pull-500                         registry-failed
            pull-500 docker                  registry-tls
            pull-certificate-expired         certificate-expired
            pull-drop                        registry-unreachable
            pull-expired                     credentials-expired
            pull-expired docker              registry-denied
            pull-hub                         registry-rate-limited
            pull-hub-offline                 registry-unreachable
            pull-no-such-host                registry-unreachable
            pull-refused                     registry-unreachable
            pull-self-signed                 registry-tls
            push-401                         registry-unauthorized
            push-401 docker                  registry-tls
            push-403                         registry-denied
            push-403 docker                  registry-tls
            push-429                         registry-rate-limited
            push-429 docker                  registry-tls
            push-500                         registry-failed
            push-500 docker                  registry-tls
            push-507                         registry-failed
            push-507 docker                  registry-tls
            push-by-digest                   capability-missing
            push-certificate-early           clock-wrong
            push-drop                        registry-unreachable
            push-expired                     credentials-expired
            push-expired docker              registry-denied
            push-https-to-http               registry-tls
            push-hub                         registry-rate-limited
            push-immutable                   tag-immutable
            push-immutable-412               tag-immutable
            push-large                       registry-too-large
            push-no-index                    registry-refuses-format
            push-no-oci                      registry-refuses-format
            push-no-such-host                registry-unreachable
            push-refused                     registry-unreachable
            push-self-signed                 registry-tls
            push-without-tag                 tag-missing
            secret-file-missing              secret-missing
            secret-missing                   secret-missing
            segfault                         step-failed
            shm-full-in-step                 step-failed
            ssh-agent-missing                ssh-missing
            ssh-missing                      ssh-missing
            step-failed                      step-failed
            step-time-limit                  step-timed-out
            syntax                           dockerfile-syntax
            target-missing                   stage-missing
            tmpfs-full-in-step               step-failed
            unknown-flag-of-run              dockerfile-syntax
            unknown-platform                 unknown-platform
            unknown-platform daemon          base-image-for-platform-missing
            """);

    private final Classifier classifier = new Classifier(KnownWords.KNOWN);

    static List<RecordedBuild> recordings() {
        return RecordedBuild.all();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isTakenForWhatItIs(RecordedBuild build) {
        String expected = EXPECTED.getOrDefault(build.name() + " " + build.driver(), EXPECTED.get(build.name()));

        assertThat(classifier
                        .classify(build.evidence())
                        .map(failure -> failure.code().id()))
                .as(build.toString())
                .isEqualTo(Optional.ofNullable(expected).filter(code -> !code.equals("built")));
        assertThat(expected).as("a row of the table").isNotNull();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void saysItInOneFilledSentence(RecordedBuild build) {
        classifier.classify(build.evidence()).ifPresent(failure -> {
            assertThat(failure.message())
                    .isNotBlank()
                    .doesNotContainPattern("(?<!\\$)\\{|\\n|(^| )\\?( |:|$)")
                    .doesNotEndWith(".");
            assertThat(failure.advice()).matches("[A-Z][^\\n{}]+\\.");
            assertThat(failure.details()).isNotEmpty();
        });
    }

    @Test
    void everyRowHasARecordingAndBothReleasesSaidItOnTheRemoteDriver() {
        Map<String, List<RecordedBuild>> byName =
                RecordedBuild.all().stream().collect(Collectors.groupingBy(RecordedBuild::name));
        EXPECTED.keySet().forEach(row -> assertThat(byName).containsKey(row.replaceFirst(" .*", "")));
        assertThat(byName.get("step-failed"))
                .extracting(RecordedBuild::driver, RecordedBuild::client)
                .contains(
                        tuple("docker", "0.29.1"),
                        tuple("docker", "0.36.1"),
                        tuple("remote", "0.29.1"),
                        tuple("remote", "0.36.1"),
                        tuple("daemon", "0.32.2"));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("secret-missing", "the build needs the secret 'tok', which it was not given"),
                arguments(
                        "push-429",
                        "localhost:5829 answered the push of localhost:5829/a:1 with 429 Too Many Requests"),
                arguments("push-403", "localhost:5803 does not allow the push of localhost:5803/a:1"),
                arguments(
                        "pull-refused",
                        "localhost:1 cannot be reached for reading localhost:1/pulled:1: connection refused"),
                arguments("copy-source-missing", "COPY nofile /x names a file that is not there: nofile"),
                arguments("target-missing", "the Dockerfile has no stage 'nope'"),
                arguments("syntax", "the Dockerfile cannot be read: unknown instruction: RUNN (did you mean RUN?)"),
                arguments("no-dockerfile-named", "there is no other.Dockerfile in the build context"),
                arguments(
                        "disk-full-in-step",
                        "RUN dd if=/dev/zero of=/big bs=1M count=40 exited with code 1, no space was left on the builder's"
                                + " disk"),
                arguments(
                        "tmpfs-full-in-step",
                        "RUN --mount=type=tmpfs,target=/t,size=1m dd if=/dev/zero of=/t/big bs=1M count=3 exited with code"
                                + " 1, no space was left in /t, which it has in memory"),
                arguments(
                        "output-no-room-oci",
                        "the result could not be written: write /small/result: no space left on device"),
                arguments(
                        "cache-gha-no-room",
                        "the cache could not be written where it is kept, for want of room: error writing layer blob: the"
                                + " storage failed: No space left on device"),
                arguments(
                        "cache-local-full",
                        "this machine has no room for the cache: write /small/cache/ingest/"
                                + "8ce113d06d21dcfbf7278de9ac6fdd6b16a0775585f8d674ed6715c2bbebc387/ref: no space left on"
                                + " device"),
                arguments("disk-full-in-cache-local", "the builder's disk was full before it had the cache ready"),
                arguments("segfault", "RUN sh -c 'kill -11 $$'; exit $? crashed with signal 11 (exit code 139)"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void namesTheThingThatIsWrong(String name, String message) {
        assertThat(failure(name, "remote").message()).isEqualTo(message);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                arguments(
                        "step-failed",
                        new Place("Dockerfile", 2, 2, List.of("RUN echo hello; echo what went wrong >&2; exit 42"))),
                arguments("syntax", new Place("Dockerfile", 3, 3, List.of("RUNN echo hi"))),
                arguments("heredoc-open", new Place("Dockerfile", 2, 3, List.of("RUN <<EOF", "echo hi"))),
                arguments("frontend-offline", new Place("Dockerfile", 1, 1, List.of("# syntax=docker/dockerfile:1"))));
    }

    @ParameterizedTest
    @MethodSource("places")
    void pointsToTheLinesOfTheDockerfile(String name, Place place) {
        assertThat(failure(name, "remote").place()).contains(place);
    }

    @Test
    void showsTheLastLinesOfTheStepThatFailedAndNotOfOneThatWasStopped() {
        BuildFailure failed = failure("step-failed", "remote");
        BuildFailure parallel = failure("parallel-stage-failed", "remote");

        assertThat(failed.details()).containsExactly("hello", "what went wrong");
        assertThat(failed.stage()).isEmpty();
        assertThat(parallel.stage()).contains("b");
    }

    @Test
    void namesNoStageThatThePersonDidNotName() {
        assertThat(failure("secret-missing", "remote").message()).contains("'tok'");
        assertThat(failure("secret-missing", "remote").stage()).isEmpty();
    }

    @Test
    void explainsThatDockerHidesTheErrorOfARegistryOnLoopback() {
        assertThat(failure("push-401", "docker").advice()).contains("reports only the first error");
        assertThat(failure("push-https-to-http", "docker").advice()).contains("--buildkitd-config");
    }

    private BuildFailure failure(String name, String driver) {
        return RecordedBuild.all().stream()
                .filter(build -> build.name().equals(name)
                        && build.driver().equals(driver)
                        && build.client().equals("0.36.1"))
                .findFirst()
                .flatMap(build -> classifier.classify(build.evidence()))
                .orElseThrow();
    }

    private static Map<String, String> table(String text) {
        Map<String, String> rows = new HashMap<>();
        text.lines().forEach(line -> {
            int gap = line.indexOf("  ");
            rows.put(line.substring(0, gap), line.substring(gap).strip());
        });
        return rows;
    }
}

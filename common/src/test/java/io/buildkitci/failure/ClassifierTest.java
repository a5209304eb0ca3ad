package io.buildkitci.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.model.Platform;
import io.buildkitci.process.Outcome;
import io.buildkitci.words.KnownWords;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be recorded at will, and what must hold for any evidence. */
class ClassifierTest {
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private final Classifier classifier = new Classifier(KnownWords.KNOWN);

    static Stream<Arguments> endings() {
        String refused = "ERROR: failed to build: failed to solve: failed to push a.example/b:1: 401 Unauthorized";
        return Stream.of(
                arguments(new Outcome.NotStarted("No such file"), false, refused, FailureCode.CLIENT_NOT_STARTED),
                arguments(new Outcome.TimedOut(Duration.ofMinutes(10)), false, refused, FailureCode.TIMED_OUT),
                arguments(new Outcome.TimedOut(Duration.ofMinutes(10)), true, refused, FailureCode.CANCELLED),
                arguments(new Outcome.Exited(1), true, refused, FailureCode.CANCELLED),
                arguments(new Outcome.Exited(130), false, refused, FailureCode.CANCELLED),
                arguments(new Outcome.Exited(143), false, refused, FailureCode.CANCELLED),
                arguments(new Outcome.Exited(137), false, refused, FailureCode.CLIENT_KILLED),
                arguments(new Outcome.Exited(125), false, "Usage: docker buildx build", FailureCode.BAD_FLAG),
                arguments(new Outcome.Exited(102), false, refused, FailureCode.REGISTRY_UNAUTHORIZED),
                arguments(new Outcome.Exited(1), false, "ERROR: Canceled: context canceled", FailureCode.CANCELLED),
                arguments(new Outcome.Exited(1), false, "", FailureCode.UNRECOGNISED));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void howTheClientEndedComesBeforeWhatItSaid(Outcome outcome, boolean stopAsked, String said, FailureCode code) {
        assertThat(classify(new Evidence(outcome, stopAsked, List.of(), List.of(said), where()))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void aBuildThatEndedWithStatusZeroDidNotFailWhateverWasSaid() {
        FailedStep cache = step("exporting cache to client directory", "ERROR: cache is locked");

        assertThat(classifier.classify(new Evidence(
                        new Outcome.Exited(0), true, List.of(cache), List.of("ERROR: failed to solve"), where())))
                .isEmpty();
    }

    @Test
    void namesTheClientThatTheBuildHad() {
        Outcome notStarted = new Outcome.NotStarted("exec format error");
        Evidence.Where where = new Evidence.Where("b", Optional.empty(), Set.of(), "buildctl");

        assertThat(classify(new Evidence(notStarted, false, List.of(), List.of(), where))
                        .message())
                .isEqualTo("buildctl could not be started: exec format error");
        assertThat(classify(new Evidence(notStarted, false, List.of(), List.of(), where()))
                        .message())
                .isEqualTo("buildx could not be started: exec format error");
    }

    /** What buildctl says of an address where something else than buildkitd listens. */
    @Test
    void buildctlSaysThatTheBuilderDoesNotAnswer() {
        String said = "error: listing workers for Build: failed to list workers: Unavailable: connection error: desc ="
                + " \"error reading server preface: EOF\"";

        assertThat(classify(failed(List.of(), said)).code()).isEqualTo(FailureCode.BUILDER_UNREACHABLE);
    }

    /** buildx 0.29.1 and 0.36.1 of an engine over TLS, where DOCKER_CERT_PATH lacks a file. */
    @Test
    void anEngineWhoseCertificatesCannotBeReadIsNotReached() {
        BuildFailure failure = classify(failed(List.of(), "ERROR: docker endpoint for \"default\" not found"));

        assertThat(failure.code()).isEqualTo(FailureCode.ENGINE_UNREACHABLE);
        assertThat(failure.message())
                .isEqualTo("nothing says how the engine of Docker context 'default' is reached, or its certificates"
                        + " cannot be read");
        assertThat(failure.advice()).contains("DOCKER_CERT_PATH must hold ca.pem, cert.pem and key.pem");
    }

    /** Texts of services that no testbed has; from their documentation and from reports of their users. */
    static Stream<Arguments> saidByOthers() {
        return Stream.of(
                arguments(
                        "failed to push ghcr.io/o/a:1: denied: permission_denied: write_package",
                        FailureCode.REGISTRY_DENIED,
                        "ghcr.io does not allow the push of ghcr.io/o/a:1"),
                arguments(
                        "failed to stat policy file Dockerfile.rego: failed to fetch remote https://github.com/o/a.git: git"
                                + " stderr:\nfatal: could not read Username for 'https://github.com': terminal prompts"
                                + " disabled\n: exit status 128",
                        FailureCode.SOURCE_UNAVAILABLE,
                        "the Git repository https://github.com/o/a.git is not there, or wants a token that may read it"),
                arguments(
                        "failed to fetch remote https://git.example/a.git: git stderr:\nfatal: unable to access"
                                + " 'https://git.example/a.git/': Could not resolve host: git.example\n: exit status 128",
                        FailureCode.SOURCE_UNAVAILABLE,
                        "the Git repository https://git.example/a.git could not be read: fatal: unable to access"
                                + " 'https://git.example/a.git/': Could not resolve host: git.example : exit status 128"),
                arguments(
                        "failed to read dockerfile: failed to load cache key: unknown scheme git: not found",
                        FailureCode.CAPABILITY_MISSING,
                        "the builder cannot fetch from Git repositories: there is no git in it"),
                arguments(
                        "busybox: failed to resolve source metadata for docker.io/library/busybox:latest: unexpected status"
                                + " from HEAD request to https://registry-1.docker.io/v2/library/busybox/manifests/latest:"
                                + " 429 Too Many Requests\ntoomanyrequests: You have reached your pull rate limit.",
                        FailureCode.REGISTRY_RATE_LIMITED,
                        "registry-1.docker.io answered reading docker.io/library/busybox:latest with 429 Too Many Requests"),
                arguments(
                        "failed to push registry.example/a:1: failed to authorize: failed to fetch oauth token: unexpected"
                                + " status from POST request to https://auth.example/token: 503 Service Unavailable",
                        FailureCode.REGISTRY_FAILED,
                        "auth.example answered the push of registry.example/a:1 with 503 Service Unavailable"),
                arguments(
                        "failed to push registry.example/a:1: write tcp 10.0.0.1:1->10.0.0.2:443: write: connection reset by"
                                + " peer",
                        FailureCode.REGISTRY_UNREACHABLE,
                        "registry.example cannot be reached for the push of registry.example/a:1: connection reset by peer"),
                arguments(
                        "docker exporter does not currently support exporting manifest lists",
                        FailureCode.CAPABILITY_MISSING,
                        "an image of several platforms cannot be loaded into this Docker"),
                arguments(
                        "failed to parse stage name \"BASE\": invalid reference format: repository name (library/BASE) must"
                                + " be lowercase",
                        FailureCode.DOCKERFILE_SYNTAX,
                        "the Dockerfile builds from 'BASE', which is neither a stage nor the name of an image: invalid"
                                + " reference format: repository name (library/BASE) must be lowercase"),
                arguments( // as Docker 20.10.24 says it
                        "failed to create LLB definition: dockerfile parse error line 2: Unknown flag: network",
                        FailureCode.DOCKERFILE_SYNTAX,
                        "the Dockerfile cannot be read: line 2: Unknown flag: network"),
                arguments(
                        "process \"/bin/sh -c true\" did not complete successfully: network bridge not found",
                        FailureCode.STEP_NOT_STARTED,
                        "a step could not be started: network bridge not found"));
    }

    @ParameterizedTest
    @MethodSource("saidByOthers")
    void knowsWhatOtherServicesSay(String error, FailureCode code, String message) {
        BuildFailure failure = classify(failed(List.of(), "ERROR: failed to build: failed to solve: " + error));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).isEqualTo(message);
    }

    static Stream<String> misleadingCommands() {
        return Stream.of(
                "echo 401 Unauthorized",
                "curl http://x || echo connection refused",
                "echo '\\\" did not complete successfully: exit code: 137'",
                "echo no space left on device; echo secret tok: not found",
                "echo failed to push a/b: 500 Internal Server Error",
                "echo no builder \\\"x\\\" found");
    }

    @ParameterizedTest
    @MethodSource("misleadingCommands")
    void aCommandThatTalksOfFailuresIsStillAFailedStep(String command) {
        String error = "process \"/bin/sh -c " + command + "\" did not complete successfully: exit code: 2";
        FailedStep step = new FailedStep(
                "[linux/arm64 test 2/2] RUN " + command,
                Optional.of(ARM64),
                Optional.of("test"),
                error,
                List.of("ERROR: 429 Too Many Requests", "exec /bin/sh: exec format error", "context canceled"));

        assertThat(classify(failed(List.of(step), "ERROR: failed to build: failed to solve: " + error))
                        .code())
                .isEqualTo(FailureCode.STEP_FAILED);
        assertThat(classify(failed(List.of(), "ERROR: " + error)).code()).isEqualTo(FailureCode.STEP_FAILED);
    }

    static Stream<Arguments> signals() {
        return Stream.of(
                arguments(139, Set.of(ARM64), "", FailureCode.EMULATOR_CRASHED),
                arguments(139, Set.of(), "", FailureCode.STEP_FAILED),
                arguments(
                        1,
                        Set.of(ARM64),
                        "qemu: uncaught target signal 11 (Segmentation fault) - core dumped",
                        FailureCode.EMULATOR_CRASHED),
                arguments(137, Set.of(ARM64), "", FailureCode.OUT_OF_MEMORY));
    }

    @ParameterizedTest
    @MethodSource("signals")
    void tellsACrashOfTheEmulatorFromACrashOfTheProgram(
            int exit, Set<Platform> emulated, String printed, FailureCode code) {
        String error = "process \"/bin/sh -c make\" did not complete successfully: exit code: " + exit;
        FailedStep step = new FailedStep(
                "[linux/arm64 2/2] RUN make", Optional.of(ARM64), Optional.empty(), error, List.of(printed));
        Evidence evidence = new Evidence(
                new Outcome.Exited(1),
                false,
                List.of(step),
                List.of("ERROR: " + error),
                new Evidence.Where("b", Optional.empty(), emulated));

        assertThat(classify(evidence).code()).isEqualTo(code);
    }

    @Test
    void aStepThatTheClientDoesNotBlameIsNotBlamed() {
        FailedStep ignored = step("exporting cache to registry", "500 Internal Server Error");
        FailedStep stopped = step("[2/2] RUN sleep 9", "context canceled");
        BuildFailure failure =
                classify(failed(List.of(ignored, stopped), "ERROR: failed to receive status: Unavailable: EOF"));

        assertThat(failure.code()).isEqualTo(FailureCode.BUILDER_LOST);
        assertThat(failure.step()).isEmpty();
    }

    @Test
    void aStepIsBlamedWhenTheClientSaysNothing() {
        assertThat(classify(failed(
                                List.of(
                                        step("importing cache manifest from x", "not found"),
                                        step("RUN x", "secret t: not found")),
                                ""))
                        .code())
                .isEqualTo(FailureCode.SECRET_MISSING);
    }

    @Test
    void theUnknownKeepsItsEvidence() {
        BuildFailure failure =
                classify(failed(List.of(), "notice", "ERROR: failed to build: the moon is in the way", "again"));

        assertThat(failure.code()).isEqualTo(FailureCode.UNRECOGNISED);
        assertThat(failure.message()).isEqualTo("the moon is in the way");
        assertThat(failure.details())
                .containsExactly("notice", "ERROR: failed to build: the moon is in the way", "again");
    }

    @Test
    void adviceSpeaksTheHostsWords() {
        assertThat(FailureCode.NO_EMULATOR.advice(KnownWords.KNOWN))
                .isEqualTo("Run buildkit-ci setup-qemu before the build, or leave the platform out of --platforms.");
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextEndsInSomeFailureWithAdvice(int seed) {
        Random random = new Random(seed);
        List<FailedStep> steps = Stream.generate(() -> step(text(random), text(random)))
                .limit(random.nextInt(4))
                .toList();
        Evidence evidence = new Evidence(
                new Outcome.Exited(1 + random.nextInt(255)),
                false,
                steps,
                Stream.generate(() -> text(random)).limit(random.nextInt(30)).toList(),
                where());

        BuildFailure failure = classify(evidence);

        assertThat(failure.message()).isNotBlank();
        assertThat(failure.advice()).isNotBlank();
    }

    @Test
    void aVeryLongErrorIsClassifiedToo() {
        String command = "\\\"x: \\n".repeat(200_000);
        String error = "process \"/bin/sh -c " + command + "\" did not complete successfully: exit code: 9";

        assertThat(classify(failed(List.of(step("[2/2] RUN " + command, error)), "ERROR: " + error))
                        .message())
                .endsWith("… exited with code 9")
                .hasSizeLessThan(300);
    }

    /** Pieces that rules look for, so that they meet in ways that nobody thought of. */
    private static String text(Random random) {
        List<String> pieces = List.of(
                "ERROR: ",
                "process \"",
                "\" did not complete successfully: ",
                "exit code: ",
                "137",
                "Dockerfile:3",
                "--------------------",
                "  3 | >>> RUN x",
                "99999999999999999 | ",
                "failed to push ",
                "https://",
                ": not found",
                "{host}",
                "$1",
                "\\",
                "\n",
                "secret ",
                "exporting cache",
                "load metadata for ",
                "(?<x>",
                "é",
                "\u0000",
                "docker.io/library/a:latest",
                "dial tcp",
                " 500 Internal",
                "\"",
                "context canceled");
        return IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> pieces.get(random.nextInt(pieces.size())))
                .collect(Collectors.joining());
    }

    private BuildFailure classify(Evidence evidence) {
        return classifier.classify(evidence).orElseThrow();
    }

    private static Evidence failed(List<FailedStep> steps, String... said) {
        return new Evidence(new Outcome.Exited(1), false, steps, Arrays.asList(said), where());
    }

    private static FailedStep step(String name, String error) {
        return new FailedStep(name, Optional.empty(), Optional.empty(), error, List.of());
    }

    private static Evidence.Where where() {
        return new Evidence.Where("b", Optional.empty(), Set.of());
    }
}

package io.buildkitci.build;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.Evidence;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.process.Outcome;
import io.buildkitci.report.FailureText;
import io.buildkitci.report.Glyphs;
import io.buildkitci.words.KnownWords;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code docs/failures.md}: the table of codes for people, with what a recorded build that failed so looks like. */
final class FailurePage {
    private static final Evidence.Where SOMEWHERE = new Evidence.Where("ci", Optional.empty(), Set.of());

    /** What no build of ours can be recorded with: another program ended the client, or there was none. */
    private static final Map<FailureCode, Outcome> ENDINGS = Map.of(
            FailureCode.TIMED_OUT, new Outcome.TimedOut(Duration.ofMinutes(30)),
            FailureCode.CLIENT_KILLED, new Outcome.Exited(137),
            FailureCode.CLIENT_NOT_STARTED, new Outcome.NotStarted("docker-buildx: exec format error"));

    private final Classifier classifier = new Classifier(KnownWords.KNOWN);
    private final Map<FailureCode, BuildFailure> examples = new TreeMap<>();

    private FailurePage() {
        Stream<RecordedBuild> builds = RecordedBuild.all().stream()
                .filter(build -> build.client().equals("0.36.1"))
                .sorted(Comparator.comparing(FailurePage::unlikely));
        builds.flatMap(build -> classifier.classify(build.evidence()).stream())
                .forEach(failure -> examples.putIfAbsent(failure.code(), failure));
        ENDINGS.forEach((code, outcome) -> classifier
                .classify(new Evidence(outcome, false, List.of(), List.of(), SOMEWHERE))
                .ifPresent(failure -> examples.put(failure.code(), failure)));
    }

    /** Builds that are named after a code come first, then those of a builder that hides nothing. */
    private static int unlikely(RecordedBuild build) {
        boolean named =
                Stream.of(FailureCode.values()).anyMatch(code -> code.id().equals(build.name()));
        return (named ? 0 : 3) + List.of("remote", "container", "docker").indexOf(build.driver());
    }

    static String render() {
        return new FailurePage().page();
    }

    private String page() {
        StringBuilder page = new StringBuilder("""
                # Failures

                <!-- Made from FailureCode and the recorded builds by FailurePageTest, which says how; do not edit. -->

                Every build that fails gets one of these codes, and so does a builder that cannot be made or removed. A code is
                stable: it is in reports, annotations, messages and JSON, and its blame decides the exit code. It is decided by
                how the client ended, then by the error of the step that failed, then by the client's own error, never by the
                last line of a log. What a step printed counts only where the container runtime, the emulator or the system had
                it printed (no space left on device).

                Advice is given here in the words of the command line; the actions and the Jenkins steps name their own inputs.

                | blame | exit code | whose fault |
                | --- | --- | --- |
                """);
        for (Blame blame : Blame.values()) {
            page.append("| %s | %d | %s |%n".formatted(word(blame), blame.exitCode(), whose(blame)));
        }
        page.append("\n| code | blame | may succeed when run again | meaning |\n| --- | --- | --- | --- |\n");
        for (FailureCode code : FailureCode.values()) {
            page.append("| [%1$s](#%1$s) | %2$s | %3$s | %4$s |%n"
                    .formatted(code.id(), word(code.blame()), code.retryable() ? "yes" : "", code.meaning()));
        }
        page.append("""

                ## Runs again

                A build is run again, once unless `retries` says otherwise, after a failure that may pass: a registry, a source
                or a cache that answered 408, 429 or 5xx, broke the connection, did not answer in time or not at all, and a
                builder that vanished. It waits 2 s, then twice as long each time, at most a minute, or as long as the service
                asked for in its answer; it fails at once where that is longer. What is built is in the builder's cache and is
                not built twice. A failed step and bad input are never tried again.

                A builder's container that ended is started again, and made again if it is gone. A builder that somebody removed
                (`docker buildx rm`) is made again as it was, before a build and in the middle of one, where `create-builder` made
                it and it has no variables or credentials, for these are not kept; the report says so. In Jenkins these are the
                builders of the configuration and of a `withBuildkitBuilder` around the step, whatever they have. Any other
                builder that was removed fails the build.

                A cache that cannot be written does not fail a build that pushes, loads or writes something: it is run once more
                without writing the cache, which takes what is built from the builder, and the report says so. It does fail where
                the entry says `ignore-error=false`, and where the cache is all that the build makes.

                `timeout` limits all runs together. `inactivity-timeout` (10 minutes) ends a run that waits for others only, a
                registry, a source, a cache or the builder, and of which nothing came for so long; a step that computes may be
                silent as long as it likes. Both say what the build was waiting for.
                """);
        Stream.of(FailureCode.values()).map(this::section).forEach(page::append);
        return page.toString();
    }

    private String section(FailureCode code) {
        String shown = Optional.ofNullable(examples.get(code))
                .map(failure -> "\n```\n" + new FailureText(Glyphs.UNICODE).render(failure) + "```\n")
                .orElse("");
        return """

                ## %s

                %s Blame: %s; exit code %d; %s.

                **What to do:** %s
                """.formatted(
                                code.id(),
                                code.meaning(),
                                word(code.blame()),
                                code.blame().exitCode(),
                                code.retryable()
                                        ? "the same build may succeed when it is run again"
                                        : "running it again as it is does not help",
                                code.advice(KnownWords.KNOWN))
                + shown;
    }

    private static String word(Blame blame) {
        return blame.name().toLowerCase(Locale.ROOT);
    }

    private static String whose(Blame blame) {
        return switch (blame) {
            case INPUT -> "what was asked for cannot be done as asked";
            case BUILD -> "the Dockerfile or what it runs";
            case ENVIRONMENT -> "the machine, its engine, its builder or its credentials";
            case UPSTREAM -> "a service that somebody else runs";
            case OURS -> "this program's";
            case CANCELLED -> "nobody's: somebody stopped the build";
        };
    }
}

package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Platform;
import io.buildkitci.report.Fitting.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of a page about a failure: what and where, the last words of what failed, what to do. */
final class MarkdownFailure {
    private static final int LONGEST = 2000;
    private static final int MOST_SOURCE_LINES = 10;
    private static final int[] LAST_LINES = {50, 15, 5};

    private MarkdownFailure() {}

    /** @param warnings whether the page lists what checks found, so that the client's lines only repeat it */
    static List<Part> parts(BuildFailure failure, boolean warnings) {
        Part what = Part.of("the cause", 1, what(failure));
        if (failure.blame() == Blame.CANCELLED) {
            return List.of(what);
        }
        return List.of(
                what,
                Part.of("the lines of the Dockerfile", 4, source(failure)),
                lines(failure, warnings && failure.code() == FailureCode.CHECKS_FAILED),
                Part.of("the advice", 1, advice(failure)));
    }

    private static String what(BuildFailure failure) {
        String message = failure.message().isBlank() ? failure.code().meaning() : failure.message();
        String sentence = Markdown.bold(Markdown.text(capitalised(message.strip()), LONGEST));
        return failure.blame() == Blame.CANCELLED ? sentence + "\n" : sentence + "\n\n" + cause(failure) + "\n";
    }

    private static String capitalised(String sentence) {
        int first = sentence.offsetByCodePoints(0, 1);
        return sentence.substring(0, first).toUpperCase(Locale.ROOT) + sentence.substring(first);
    }

    private static String cause(BuildFailure failure) {
        String where = Stream.of(
                        failure.place().map(place -> ", at " + code(place.render())),
                        failure.stage().map(stage -> ", stage " + code(stage)),
                        failure.platform().map(Platform::render).map(platform -> ", platform " + code(platform)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
        return "Cause " + code(failure.code().id()) + ": " + blamed(failure.blame()) + where + ".";
    }

    private static String code(String text) {
        return Markdown.code(text, LONGEST);
    }

    private static String blamed(Blame blame) {
        return switch (blame) {
            case INPUT -> "what was asked for";
            case BUILD -> "the Dockerfile or what it runs";
            case ENVIRONMENT -> "the machine, its builder or its credentials";
            case UPSTREAM -> "a service that somebody else runs";
            case OURS -> "a fault of this program";
            case CANCELLED -> "somebody stopped it";
        };
    }

    private static String source(BuildFailure failure) {
        List<String> lines = failure.place().map(Place::excerpt).orElse(List.of());
        return lines.isEmpty()
                ? ""
                : Markdown.fence("dockerfile", lines.subList(0, Math.min(lines.size(), MOST_SOURCE_LINES)));
    }

    /** The last lines that the step printed; the client's where no step did, unless they only repeat the Dockerfile. */
    private static Part lines(BuildFailure failure, boolean known) {
        boolean printed =
                failure.step().filter(step -> !step.outputTail().isEmpty()).isPresent();
        boolean needed = printed || source(failure).isEmpty() || failure.code() == FailureCode.UNRECOGNISED;
        List<String> lines = needed && !known ? failure.details() : List.of();
        String title = printed ? "Its last lines:\n\n" : "The last lines of the client:\n\n";
        return new Part(
                "the last lines",
                3,
                IntStream.of(LAST_LINES)
                        .map(most -> Math.min(most, lines.size()))
                        .filter(most -> most > 0)
                        .distinct()
                        .mapToObj(most ->
                                title + Markdown.fence("text", lines.subList(lines.size() - most, lines.size())))
                        .toList());
    }

    private static String advice(BuildFailure failure) {
        String advice = Markdown.bold("What to do:") + " " + Markdown.text(failure.advice(), LONGEST);
        if (failure.code() == FailureCode.UNRECOGNISED) {
            return advice + "\n";
        }
        return advice
                + (failure.retryable()
                        ? " The same build may succeed when it is run again."
                        : " Running it again as it is will not help.")
                + "\n";
    }
}

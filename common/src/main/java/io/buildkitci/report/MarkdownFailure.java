package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Platform;
import io.buildkitci.report.Fitting.Part;
import java.util.List;
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
        String sentence = Markdown.bold(Markdown.text(Phrases.happened(failure), LONGEST));
        return failure.blame() == Blame.CANCELLED ? sentence + "\n" : sentence + "\n\n" + cause(failure) + "\n";
    }

    private static String cause(BuildFailure failure) {
        String where = Stream.of(
                        failure.place().map(place -> ", at " + code(place.render())),
                        failure.stage().map(stage -> ", stage " + code(stage)),
                        failure.platform().map(Platform::render).map(platform -> ", platform " + code(platform)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
        return "Cause " + explained(failure) + ": " + Phrases.blamed(failure.blame()) + where + ".";
    }

    /** The code, which leads to where it is explained; that is named where no link can lead there. */
    private static String explained(BuildFailure failure) {
        String code = code(failure.code().id());
        Optional<String> address = WebAddress.trusted(Optional.of(failure.help()));
        return address.isPresent() ? Markdown.link(code, address) : code + " (" + code(failure.help()) + ")";
    }

    private static String code(String text) {
        return Markdown.code(text, LONGEST);
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
        String again = Phrases.again(failure);
        return advice + (again.isEmpty() ? "" : " " + again) + "\n";
    }
}

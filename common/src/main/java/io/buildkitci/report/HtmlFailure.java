package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Platform;
import io.buildkitci.report.Fitting.Part;
import io.buildkitci.report.Html.Fact;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The part of a page about a failure: what and where, what to do, the last words of what failed. */
final class HtmlFailure {
    private static final int LONGEST = 2000;
    private static final int MOST_SOURCE_LINES = 10;
    private static final int[] LAST_LINES = {100, 30, 5};

    private HtmlFailure() {}

    /** @param warnings whether the page lists what checks found, so that the client's lines only repeat it */
    static List<Part> parts(BuildFailure failure, boolean warnings) {
        if (failure.blame() == Blame.CANCELLED) {
            return List.of(
                    Part.of("the cause", 1, Html.paragraph(Html.text(Phrases.happened(failure), LONGEST)) + "\n"));
        }
        boolean known = warnings && failure.code() == FailureCode.CHECKS_FAILED;
        return List.of(
                Part.of("the cause", 1, what(failure)),
                Part.of("the lines of the Dockerfile", 4, source(failure)),
                known ? Part.of("", 3, "") : lines(failure));
    }

    private static String what(BuildFailure failure) {
        String again = Phrases.again(failure);
        String advice = Html.text(failure.advice(), LONGEST) + (again.isEmpty() ? "" : " " + again);
        List<Fact> facts = List.of(
                new Fact("What to do", advice),
                new Fact("Cause", Phrases.blamed(failure.blame()) + " (" + explained(failure) + ")"),
                new Fact(
                        "Where",
                        failure.place().map(place -> code(place.render())).orElse("")),
                new Fact("Step", failure.step().map(step -> code(step.name())).orElse("")),
                new Fact("Stage", failure.stage().map(HtmlFailure::code).orElse("")),
                new Fact(
                        "Platform",
                        failure.platform()
                                .map(Platform::render)
                                .map(HtmlFailure::code)
                                .orElse("")));
        return "<section class=\"bk-section bk-failure\">\n<h2>" + Html.text(Phrases.happened(failure), LONGEST)
                + "</h2>\n" + Html.facts(facts) + "</section>\n";
    }

    /** The code, which leads to where it is explained; that is named where no link can lead there. */
    private static String explained(BuildFailure failure) {
        String code = code(failure.code().id());
        Optional<String> address = WebAddress.trusted(Optional.of(failure.help()));
        return address.isPresent() ? Html.link(code, address) : code + ", see " + code(failure.help());
    }

    private static String code(String text) {
        return Html.code(text, LONGEST);
    }

    private static String source(BuildFailure failure) {
        List<String> excerpt = failure.place().map(Place::excerpt).orElse(List.of());
        if (excerpt.isEmpty()) {
            return "";
        }
        int first = failure.place().map(Place::line).orElse(1);
        List<String> lines = IntStream.range(0, Math.min(excerpt.size(), MOST_SOURCE_LINES))
                .mapToObj(i -> (first + i) + "  " + excerpt.get(i))
                .toList();
        return Html.section("Lines of the Dockerfile", Html.lines("Lines of the Dockerfile", lines));
    }

    private static Part lines(BuildFailure failure) {
        boolean printed =
                failure.step().filter(step -> !step.outputTail().isEmpty()).isPresent();
        String title = printed ? "Last lines of the step" : "Last lines of the client";
        List<String> lines = failure.details();
        return new Part(
                "the last lines",
                3,
                IntStream.of(LAST_LINES)
                        .map(most -> Math.min(most, lines.size()))
                        .filter(most -> most > 0)
                        .distinct()
                        .mapToObj(most -> Html.section(
                                title, Html.lines(title, lines.subList(lines.size() - most, lines.size()))))
                        .toList());
    }
}

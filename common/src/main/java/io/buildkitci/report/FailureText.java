package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A failure as a person reads it in a terminal: what, where, the last words of what failed, what to do. */
public final class FailureText {
    private static final int CODE_COLUMN = 64;
    private static final int MOST_LINES = 15;

    private final Glyphs glyphs;

    public FailureText(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Lines with a line feed after each. */
    public String render(BuildFailure failure) {
        return render("The build failed", failure);
    }

    /**
     * The same of something else that did not come about.
     *
     * @param what a sentence without its full stop, as {@code The builder was not made}
     */
    public String render(String what, BuildFailure failure) {
        StringBuilder text = new StringBuilder(glyphs.plain(headline(what, failure))).append('\n');
        explained(failure).forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    /** The same without a headline, for a place that has a title of its own. */
    public String untitled(BuildFailure failure) {
        return failure.message() + "  [" + failure.code().id() + "]\n" + String.join("\n", explained(failure));
    }

    /** What follows the headline: where, the last words of what failed, what to do, where more is told. */
    public List<String> explained(BuildFailure failure) {
        List<String> lines = new ArrayList<>();
        where(failure).ifPresent(lines::add);
        shown(failure).forEach(line -> lines.add(("| " + line).stripTrailing()));
        lines.add(glyphs.arrow() + " " + failure.advice());
        if (failure.blame() != Blame.CANCELLED) {
            lines.add("see " + failure.help());
        }
        return lines.stream().map(glyphs::plain).toList();
    }

    private String headline(String what, BuildFailure failure) {
        String text = glyphs.bad() + " " + sentence(what, failure);
        String gap = " ".repeat(Math.max(2, CODE_COLUMN - text.length()));
        return text + gap + "[" + failure.code().id() + "]";
    }

    private static String sentence(String what, BuildFailure failure) {
        String message = failure.message();
        if (failure.blame() != Blame.CANCELLED) {
            return what + ": " + message;
        }
        int first = message.isEmpty() ? 0 : message.offsetByCodePoints(0, 1);
        return message.substring(0, first).toUpperCase(Locale.ROOT) + message.substring(first);
    }

    private static Optional<String> where(BuildFailure failure) {
        List<String> parts = Stream.concat(
                        failure.stage().map(stage -> "stage " + stage).stream(),
                        failure.platform().map(Platform::render).stream())
                .toList();
        String context = parts.isEmpty() ? "" : "(" + String.join(", ", parts) + ")";
        String at = failure.place().map(place -> "at " + place.render()).orElse("");
        return Optional.of((at + " " + context).strip()).filter(text -> !text.isEmpty());
    }

    /** The step's output, else the lines of the Dockerfile, else what the client said. */
    private static List<String> shown(BuildFailure failure) {
        List<String> output = failure.step().map(FailedStep::outputTail).orElse(List.of());
        List<String> source = failure.place().map(FailureText::source).orElse(List.of());
        List<String> lines = !output.isEmpty() ? output : !source.isEmpty() ? source : failure.clientLines();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }

    private static List<String> source(Place place) {
        return IntStream.range(0, place.excerpt().size())
                .mapToObj(i -> (place.line() + i) + " " + place.excerpt().get(i))
                .toList();
    }
}

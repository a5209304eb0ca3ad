package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.json.PlainJson;
import io.buildkitci.report.BuildReport.CheckWarning;
import io.buildkitci.words.HostWords;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --call check,format=json} answers. The client ends with status 1 when there is a warning and says nothing
 * else then.
 *
 * @param otherError why the Dockerfile could not be checked; empty when it could
 */
record CheckAnswer(List<CheckWarning> warnings, String otherError) {
    static final CheckAnswer NONE = new CheckAnswer(List.of(), "");

    /** BuildKit's words where the Dockerfile itself says that a warning is an error. */
    private static final String WARNINGS_ARE_ERRORS = "lint violation found for rules: ";

    CheckAnswer {
        warnings = List.copyOf(warnings);
    }

    /** Nothing for a text that is no such answer. */
    static CheckAnswer parse(String text) {
        PlainJson answer = PlainJson.parse(text);
        String file = answer.objects("sources").stream()
                .map(source -> source.text("filename"))
                .findFirst()
                .orElse("");
        String error = answer.object("buildError").text("message");
        return new CheckAnswer(
                answer.objects("warnings").stream()
                        .map(warning -> warning(warning, file))
                        .toList(),
                error.startsWith(WARNINGS_ARE_ERRORS) ? "" : error);
    }

    private static CheckWarning warning(PlainJson warning, String file) {
        int line = warning.object("location").objects("ranges").stream()
                .map(range -> range.object("start").number("line"))
                .findFirst()
                .orElse(0);
        return new CheckWarning(
                warning.text("ruleName"),
                warning.text("detail"),
                file,
                line,
                Optional.of(warning.text("url")).filter(url -> !url.isEmpty()));
    }

    /** That there are warnings; empty when there is none, or something worse. */
    Optional<BuildFailure> failure(HostWords words) {
        if (warnings.isEmpty() || !otherError.isEmpty()) {
            return Optional.empty();
        }
        CheckWarning first = warnings.get(0);
        return Optional.of(new BuildFailure(
                FailureCode.CHECKS_FAILED,
                warnings.size() == 1
                        ? "the checks of the Dockerfile found one thing"
                        : "the checks of the Dockerfile found " + warnings.size() + " things",
                Optional.of(new Place(first.file(), first.line(), first.line(), List.of()))
                        .filter(place -> place.line() > 0),
                Optional.empty(),
                warnings.stream()
                        .map(warning -> warning.place() + "  " + warning.rule() + ": " + warning.message())
                        .toList(),
                FailureCode.CHECKS_FAILED.advice(words),
                FailureCode.CHECKS_FAILED.help(words)));
    }
}

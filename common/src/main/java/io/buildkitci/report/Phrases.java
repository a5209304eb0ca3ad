package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import java.util.Locale;
import java.util.Optional;

/** What pages say in the same words, whatever they are written in. */
final class Phrases {
    private Phrases() {}

    /** One word for how it ended. */
    static String result(BuildReport report) {
        if (report.result() instanceof BuildReport.Built) {
            return report.remarks().answer().isEmpty() ? "Built" : "Answered";
        }
        return report.result() instanceof BuildReport.Cancelled ? "Cancelled" : "Failed";
    }

    /** What happened, as a sentence without its full stop. */
    static String happened(BuildFailure failure) {
        String message = failure.message().isBlank() ? failure.code().meaning() : failure.message();
        String sentence = message.strip();
        int first = sentence.offsetByCodePoints(0, 1);
        return sentence.substring(0, first).toUpperCase(Locale.ROOT) + sentence.substring(first);
    }

    static String blamed(Blame blame) {
        return switch (blame) {
            case INPUT -> "what was asked for";
            case BUILD -> "the Dockerfile or what it runs";
            case ENVIRONMENT -> "the machine, its builder or its credentials";
            case UPSTREAM -> "a service that somebody else runs";
            case OURS -> "a fault of this program";
            case CANCELLED -> "somebody stopped it";
        };
    }

    /** Whether running it again can help; empty where that cannot be told. */
    static String again(BuildFailure failure) {
        if (failure.code() == FailureCode.UNRECOGNISED) {
            return "";
        }
        return failure.retryable()
                ? "The same build may succeed when it is run again."
                : "Running it again as it is will not help.";
    }

    /** How a platform was built that no emulator ran; empty where that is not known. */
    static String unemulated(Optional<PlatformRun> run) {
        return run.map(its -> its.runnable() ? "native" : "not run, only copied")
                .orElse("");
    }
}

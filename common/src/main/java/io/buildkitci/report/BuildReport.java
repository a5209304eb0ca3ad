package io.buildkitci.report;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import java.util.List;
import java.util.Optional;

/**
 * What a build did and made; complete in itself, so that it can be shown later and elsewhere.
 *
 * @param image empty when the build made none
 * @param attempts how often it was run, from 1
 */
public record BuildReport(
        Result result, Optional<Image> image, Work work, BuilderUsed builder, Remarks remarks, int attempts) {
    /** How it ended. */
    public sealed interface Result {
        static Result of(Optional<BuildFailure> failure) {
            return failure.<Result>map(f -> f.code() == FailureCode.CANCELLED ? new Cancelled(f) : new Failed(f))
                    .orElseGet(Built::new);
        }

        /** For the documentation and for programs: {@code built}, {@code failed} or {@code cancelled}. */
        String word();

        default Optional<BuildFailure> failure() {
            return Optional.empty();
        }
    }

    /** It did what was asked. */
    public record Built() implements Result {
        @Override
        public String word() {
            return "built";
        }
    }

    /** It did not. */
    public record Failed(BuildFailure why) implements Result {
        @Override
        public String word() {
            return "failed";
        }

        @Override
        public Optional<BuildFailure> failure() {
            return Optional.of(why);
        }
    }

    /** Somebody stopped it. */
    public record Cancelled(BuildFailure why) implements Result {
        @Override
        public String word() {
            return "cancelled";
        }

        @Override
        public Optional<BuildFailure> failure() {
            return Optional.of(why);
        }
    }

    /**
     * What there is to know besides.
     *
     * @param warnings of BuildKit's checks
     * @param notes what was decided or dropped on the way, a sentence each
     * @param answer lines that answer what was asked of the Dockerfile instead of building it
     */
    public record Remarks(List<CheckWarning> warnings, List<String> notes, List<String> answer) {
        public Remarks {
            warnings = List.copyOf(warnings);
            notes = List.copyOf(notes);
            answer = List.copyOf(answer);
        }
    }

    /**
     * A warning of a build check.
     *
     * @param rule BuildKit's name of the check
     * @param line from 1; 0 when the warning belongs to no line
     * @param url of the check's documentation; empty when it has none
     */
    public record CheckWarning(String rule, String message, String file, int line, Optional<String> url) {
        /** {@code Dockerfile:3}, or the file alone. */
        public String place() {
            return line > 0 ? file + ":" + line : file;
        }
    }
}

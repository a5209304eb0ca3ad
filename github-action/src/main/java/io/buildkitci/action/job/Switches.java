package io.buildkitci.action.job;

import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What variables of the environment turn on and off, by the names of docker/build-push-action 7.3 and buildx 0.36.
 *
 * @param summary whether there is a job summary ({@code DOCKER_BUILD_SUMMARY})
 * @param checkAnnotations whether what build checks find becomes annotations ({@code DOCKER_BUILD_CHECKS_ANNOTATIONS})
 * @param defaultAttestations whether provenance is made unasked ({@code BUILDX_NO_DEFAULT_ATTESTATIONS})
 * @param pullRequestHead whether a pull request is built as it is rather than merged
 *     ({@code DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF})
 * @param gitQuery whether a git context is written as a query ({@code BUILDX_SEND_GIT_QUERY_AS_INPUT})
 */
public record Switches(
        boolean summary,
        boolean checkAnnotations,
        boolean defaultAttestations,
        boolean pullRequestHead,
        boolean gitQuery) {
    /** What holds when nothing is set. */
    public static final Switches DEFAULT = new Switches(true, true, true, false, false);

    /** Switches, and what a person should know of how they were set. */
    public record Read(Switches switches, List<Problem> problems, List<Notice> notices) {
        public Read {
            problems = List.copyOf(problems);
            notices = List.copyOf(notices);
        }
    }

    private static final String NO_SUMMARY = "DOCKER_BUILD_NO_SUMMARY";
    private static final String RECORD_UPLOAD = "DOCKER_BUILD_RECORD_UPLOAD";

    /** Of the peer's build record, which it uploads as an artifact: the last two ended with its version 7. */
    private static final List<String> ABOUT_RECORDS = List.of(
            "DOCKER_BUILD_RECORD_RETENTION_DAYS", "DOCKER_BUILD_EXPORT_RETENTION_DAYS", "DOCKER_BUILD_EXPORT_LEGACY");

    private static final String NO_RECORD = "has no effect: no build record is uploaded, the summary needs none";

    /** Empty variables count as not set, as with the peer. */
    public static Read read(Map<String, String> environment) {
        Reader reader = new Reader(environment);
        Switches switches = new Switches(
                reader.summary(),
                reader.flag("DOCKER_BUILD_CHECKS_ANNOTATIONS", DEFAULT.checkAnnotations()),
                !reader.flag("BUILDX_NO_DEFAULT_ATTESTATIONS", !DEFAULT.defaultAttestations()),
                reader.flag("DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF", DEFAULT.pullRequestHead()),
                reader.flag("BUILDX_SEND_GIT_QUERY_AS_INPUT", DEFAULT.gitQuery()));
        reader.tellOfRecords();
        return new Read(switches, reader.problems, reader.notices);
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        /** The name that ended with the peer's version 7 wins, as it did in 6. */
        boolean summary() {
            if (!isSet(NO_SUMMARY)) {
                return flag("DOCKER_BUILD_SUMMARY", DEFAULT.summary());
            }
            notices.add(new Notice(NO_SUMMARY, "is deprecated; set DOCKER_BUILD_SUMMARY to false instead"));
            return !flag(NO_SUMMARY, !DEFAULT.summary());
        }

        void tellOfRecords() {
            if (flag(RECORD_UPLOAD, false)) {
                notices.add(new Notice(RECORD_UPLOAD, NO_RECORD));
            }
            ABOUT_RECORDS.stream().filter(this::isSet).forEach(name -> notices.add(new Notice(name, NO_RECORD)));
        }

        boolean flag(String name, boolean otherwise) {
            if (!isSet(name)) {
                return otherwise;
            }
            String text = environment.getOrDefault(name, "");
            Optional<Boolean> value = booleanOf(text);
            if (value.isEmpty()) {
                problems.add(new Problem(name, text, "not a boolean; accepted are true and false"));
            }
            return value.orElse(otherwise);
        }

        private boolean isSet(String name) {
            return !environment.getOrDefault(name, "").isEmpty();
        }

        /** Go's {@code strconv.ParseBool}, by which the peer and buildx read all of these; YAML's words are among them. */
        private static Optional<Boolean> booleanOf(String text) {
            return switch (text) {
                case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
                case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    }
}

package io.buildkitci.builder;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.words.HostWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why something about a builder could not be done.
 *
 * @param text one sentence for a person, without a full stop
 * @param advice what to do about it
 * @param evidence the last lines of what buildx said; may be empty
 */
public record BuilderFailure(Reason reason, String text, String advice, List<String> evidence) {
    private static final int LAST_LINES = 20;
    private static final int LONGEST_LINE = 400;
    private static final String ERROR = "ERROR: ";
    private static final Pattern DAEMON = Pattern.compile("buildkitd: (\\P{Cntrl}{4,400})");

    public BuilderFailure {
        evidence = List.copyOf(evidence);
    }

    /** What kind of failure it is. */
    public enum Reason {
        NO_BUILDX(
                FailureCode.CLIENT_NOT_STARTED,
                "get buildx with create-builder or the package docker-buildx-plugin, or name its binary in"
                        + " BUILDKIT_CI_BUILDX"),
        NO_BUILDKIT(
                FailureCode.CLIENT_NOT_STARTED,
                "make a builder of driver buildkitd, which gets BuildKit, or name the folder of its programs in"
                        + " BUILDKIT_CI_BUILDKIT"),
        NO_DAEMON(
                FailureCode.BUILDER_MISSING,
                "make a builder of driver buildkitd, name one of driver remote or docker-container with one node, or"
                        + " set BUILDKIT_HOST"),
        NO_ENGINE(
                FailureCode.ENGINE_UNREACHABLE,
                "start Docker, or point DOCKER_HOST or the endpoint at an engine that runs"),
        UNREACHABLE(
                FailureCode.BUILDER_UNREACHABLE,
                "check that buildkitd runs and listens at that address, and that a firewall lets it through"),
        NOT_TRUSTED(
                FailureCode.BUILDER_TLS,
                "correct the certificates of the builder or the files for them in driver-opts"),
        NOT_SEEN(
                FailureCode.BUILDER_UNREACHABLE,
                "see what buildx said; its configuration or the engine keeps it from it"),
        NOT_ACCEPTED(FailureCode.BUILDER_NOT_MADE, "correct the builder's options; buildx did not take them"),
        NOT_ALLOWED(
                FailureCode.BUILDER_NOT_MADE,
                "give the account that comes to the cluster the rights of docs/kubernetes.md, in the builder's namespace"),
        NO_PODS(
                FailureCode.BUILDER_NOT_MADE,
                "see why the cluster starts no pods, for example with: kubectl describe pods, and kubectl get events"),
        NOT_BOOTED(
                FailureCode.BUILDER_NOT_MADE,
                "see what the daemon said; its image, flags and configuration decide whether it starts"),
        TIMED_OUT(FailureCode.BUILDER_UNREACHABLE, "try again, or look at the engine: it did not answer in time"),
        NO_BUILDER(
                FailureCode.BUILDER_MISSING,
                "create it first, or name one that is there; buildx tells its own by `docker buildx ls`"),
        NOT_REMOVED(FailureCode.BUILDER_NOT_REMOVED, "remove what is left by hand"),
        NO_DIRECTORY(FailureCode.OUTPUT_FAILED, "free or make writable the directory for temporary files");

        private final FailureCode code;
        private final String advice;

        Reason(FailureCode code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** Its name in reports and in the documentation. */
    public FailureCode code() {
        return reason.code;
    }

    /** The same in the form of a build that failed, for whoever tells of both. */
    public BuildFailure told(HostWords words) {
        return new BuildFailure(code(), text, Optional.empty(), Optional.empty(), evidence, advice, code().help(words));
    }

    /** The same, with what was said last. */
    public BuilderFailure with(List<String> lines) {
        return new BuilderFailure(reason, text, advice, lines);
    }

    /** @param looked every place where a client was looked for */
    public static BuilderFailure noBuildx(List<String> looked) {
        return new BuilderFailure(
                Reason.NO_BUILDX,
                "no buildx was found; looked for " + String.join(", ", looked),
                Reason.NO_BUILDX.advice,
                List.of());
    }

    public static BuilderFailure noBuilder(String name) {
        return of(
                Reason.NO_BUILDER,
                name.isEmpty() ? "there is no current builder" : "there is no builder '" + name + "'");
    }

    public static BuilderFailure of(Reason reason, String text) {
        return new BuilderFailure(reason, text, reason.advice, List.of());
    }

    /**
     * From a call of buildx that did not succeed.
     *
     * @param reason taken unless what was said shows a more exact one
     * @param what the sentence's beginning; buildx's own error follows it
     */
    static BuilderFailure of(Captured said, Reason reason, String what) {
        if (said.outcome() instanceof Outcome.NotStarted notStarted) {
            return of(Reason.NO_BUILDX, what + ": " + notStarted.reason());
        }
        List<String> evidence = lastLines(said.err().isBlank() ? said.out() : said.err());
        if (said.outcome() instanceof Outcome.TimedOut timedOut) {
            String text = what + ": no answer within " + timedOut.after().toSeconds() + " s";
            return new BuilderFailure(Reason.TIMED_OUT, text, Reason.TIMED_OUT.advice, evidence);
        }
        String text = what
                + error(evidence).map(e -> ": " + e).orElse("")
                + daemon(said.err()).map(d -> "; buildkitd said: " + d).orElse("");
        Reason exact = exact(text, reason);
        return new BuilderFailure(exact, text, exact.advice, evidence);
    }

    /** From an error that {@code buildx inspect} reported of a builder or node. */
    public static BuilderFailure of(Reason reason, String what, String error) {
        Reason exact = exact(error, reason);
        return new BuilderFailure(exact, what + ": " + error, exact.advice, List.of());
    }

    private static Reason exact(String text, Reason otherwise) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean noEngine = lower.contains("cannot connect to the docker daemon")
                || lower.contains("failed to connect to the docker api");
        if (noEngine) {
            return Reason.NO_ENGINE;
        }
        if (lower.contains("is forbidden: user")) {
            return Reason.NOT_ALLOWED;
        }
        return lower.contains("replicas to be ready") ? Reason.NO_PODS : otherwise;
    }

    private static Optional<String> error(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith(ERROR))
                .reduce((first, last) -> last)
                .map(l -> l.substring(ERROR.length()));
    }

    /** A daemon that is started again and again complains each time, and buildx prints it mixed up with other lines. */
    private static Optional<String> daemon(String text) {
        Map<String, Long> complaints = DAEMON.matcher(text)
                .results()
                .collect(Collectors.groupingBy(m -> m.group(1).strip(), LinkedHashMap::new, Collectors.counting()));
        return complaints.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static List<String> lastLines(String text) {
        List<String> lines = text.lines()
                .map(l -> l.replaceAll("\\p{Cntrl}|\\uFFFD", "").stripTrailing())
                .filter(l -> !l.isBlank())
                .map(l -> l.length() <= LONGEST_LINE ? l : l.substring(0, LONGEST_LINE) + "…")
                .toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }
}

package io.buildkitci.failure;

import io.buildkitci.process.Outcome;
import io.buildkitci.words.HostWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From the evidence of a build to what went wrong: how the client ended first, then the error of the step that failed,
 * then the client's own error. What steps printed decides nothing, but for the system's own words in it; which line came
 * last decides nothing either.
 */
public final class Classifier {
    /** In the order in which they are asked. */
    static final List<Rule> RULES = Stream.of(
                    StepRules.ALL,
                    ServiceRules.CACHES_AND_OUTPUTS,
                    InputRules.ALL,
                    DockerfileRules.ALL,
                    ServiceRules.BUILDERS,
                    ServiceRules.REGISTRIES)
            .flatMap(List::stream)
            .toList();

    private static final int KILLED = 137;

    private final HostWords words;

    public Classifier(HostWords words) {
        this.words = words;
    }

    /** Empty only when the client ended with status 0: then the build did what was asked, whatever else was said. */
    public Optional<BuildFailure> classify(Evidence evidence) {
        if (evidence.outcome().succeeded()) {
            return Optional.empty();
        }
        ClientText said = ClientText.parse(evidence.clientText());
        Optional<FailedStep> culprit = culprit(evidence.failedSteps(), said.error());
        return Optional.of(byEnding(evidence)
                .map(finding -> failure(evidence, finding, culprit, said))
                .orElseGet(() -> bySymptoms(evidence, culprit, said)));
    }

    private static Optional<Finding> byEnding(Evidence evidence) {
        if (evidence.stopAsked()) {
            return Optional.of(cancelled());
        }
        Outcome outcome = evidence.outcome();
        if (outcome instanceof Outcome.NotStarted notStarted) {
            return Optional.of(Finding.of(FailureCode.CLIENT_NOT_STARTED, "{client} could not be started: {reason}")
                    .with(Map.of("reason", notStarted.reason())));
        }
        if (outcome instanceof Outcome.TimedOut timedOut) {
            return Optional.of(Finding.of(
                    FailureCode.TIMED_OUT,
                    "the build was stopped after " + inWords(timedOut.after()) + waitingFor(evidence.seen())));
        }
        if (outcome instanceof Outcome.Stalled stalled) {
            return Optional.of(Finding.of(
                    FailureCode.STALLED,
                    "nothing came for " + inWords(stalled.silent()) + waitingFor(evidence.seen())));
        }
        return outcome instanceof Outcome.Exited exited ? byStatus(exited.status()) : Optional.empty();
    }

    private static Optional<Finding> byStatus(int status) {
        return switch (status) {
            case 130, 143 -> Optional.of(cancelled());
            case KILLED -> Optional.of(Finding.of(FailureCode.CLIENT_KILLED, "{client} was killed (signal 9)"));
            default -> Optional.empty();
        };
    }

    private static Finding cancelled() {
        return Finding.of(FailureCode.CANCELLED, "the build was stopped");
    }

    private static String waitingFor(Evidence.Seen seen) {
        List<String> all = seen.underWay();
        return all.isEmpty()
                ? ", and the builder said nothing of what it did"
                : " while it waited for: " + String.join("; ", all.subList(Math.max(0, all.size() - 3), all.size()));
    }

    private static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds >= 120 && seconds % 60 == 0 ? seconds / 60 + " minutes" : seconds + " seconds";
    }

    private BuildFailure bySymptoms(Evidence evidence, Optional<FailedStep> culprit, ClientText said) {
        for (Symptom symptom : symptoms(evidence, culprit, said)) {
            Optional<Finding> finding = firstFinding(symptom);
            if (finding.isPresent()) {
                return failure(evidence, finding.get(), culprit.or(symptom::step), said);
            }
        }
        return failure(evidence, unknown(evidence, said), culprit, said);
    }

    static Optional<Finding> firstFinding(Symptom symptom) {
        return RULES.stream().flatMap(rule -> rule.examine(symptom).stream()).findFirst();
    }

    /** The step that the client's error quotes: others may have failed without harm, or because of it. */
    private static Optional<FailedStep> culprit(List<FailedStep> steps, String clientError) {
        return steps.stream()
                .filter(step -> !step.error().isBlank()
                        && clientError.contains(step.error().strip()))
                .reduce((earlier, later) -> later);
    }

    private static List<Symptom> symptoms(Evidence evidence, Optional<FailedStep> culprit, ClientText said) {
        List<Symptom> symptoms = new ArrayList<>();
        culprit.ifPresent(step -> symptoms.add(symptom(step.error(), culprit, evidence, said)));
        symptoms.add(symptom(said.error(), Optional.empty(), evidence, said));
        if (culprit.isEmpty()) {
            evidence.failedSteps().stream()
                    .filter(step -> !step.importsCache() && !step.wasStopped())
                    .forEach(step -> symptoms.add(symptom(step.error(), Optional.of(step), evidence, said)));
        }
        return symptoms;
    }

    private static Symptom symptom(String error, Optional<FailedStep> step, Evidence evidence, ClientText said) {
        return new Symptom(
                error,
                step,
                said.place(),
                evidence.where().emulated(),
                evidence.seen().warnings());
    }

    private static Finding unknown(Evidence evidence, ClientText said) {
        if (evidence.outcome() instanceof Outcome.Exited exited && exited.status() == 125) {
            return Finding.of(FailureCode.BAD_FLAG, "{client} did not accept its arguments: {reason}")
                    .with(Map.of("reason", firstLine(said.error())));
        }
        if (said.error().equals("context canceled") || said.error().startsWith("Canceled: ")) {
            return cancelled();
        }
        String status = evidence.outcome() instanceof Outcome.Exited exited ? " with status " + exited.status() : "";
        return said.error().isBlank()
                ? Finding.of(FailureCode.UNRECOGNISED, "{client} ended" + status + " and said nothing")
                : Finding.of(FailureCode.UNRECOGNISED, "{reason}").with(Map.of("reason", firstLine(said.error())));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private BuildFailure failure(Evidence evidence, Finding found, Optional<FailedStep> step, ClientText said) {
        Finding finding = found.with(Map.of("client", evidence.where().client()));
        return new BuildFailure(
                finding.code(),
                finding.message(words),
                said.place(),
                step,
                said.tail(),
                finding.advice(words),
                finding.code().help(words));
    }
}

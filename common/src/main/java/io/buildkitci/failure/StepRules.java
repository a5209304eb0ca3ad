package io.buildkitci.failure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules for a {@code RUN} whose process did not end well. They come first, because the error quotes the command, and a
 * command may say anything. A step's output is looked at here only, and only for what the container runtime or the
 * emulator itself wrote into it.
 */
final class StepRules {
    private static final Pattern PROCESS =
            Pattern.compile("^process \".*\" did not complete successfully: (?<how>.*)", Pattern.DOTALL);
    private static final Pattern EXIT = Pattern.compile("^exit code: (?<exit>\\d{1,9})");
    private static final Pattern WRONG_PROCESSOR = Pattern.compile("exec \\S+: exec format error");
    private static final Pattern EMULATOR_SIGNAL = Pattern.compile("qemu: uncaught target signal \\d+.*");

    static final List<Rule> ALL = List.of(StepRules::process);

    private StepRules() {}

    private static Optional<Finding> process(Symptom symptom) {
        Matcher process = PROCESS.matcher(symptom.error());
        if (!process.find()) {
            return Optional.empty();
        }
        String how = process.group("how");
        Matcher exit = EXIT.matcher(how);
        Finding finding = exit.find() ? exited(symptom, exit.group("exit")) : notStarted(how);
        return Optional.of(finding.with(symptom.facts()));
    }

    private static Finding exited(Symptom symptom, String exit) {
        List<String> output = symptom.step().map(FailedStep::outputTail).orElse(List.of());
        if (!output.isEmpty()
                && output.stream()
                        .allMatch(line -> WRONG_PROCESSOR.matcher(line.strip()).matches())) {
            return noEmulator();
        }
        boolean emulatorSaidSo = output.stream()
                .anyMatch(line -> EMULATOR_SIGNAL.matcher(line.strip()).matches());
        if (symptom.onEmulator() && (emulatorSaidSo || exit.equals("139"))) {
            return Finding.of(FailureCode.EMULATOR_CRASHED, "{step} crashed under the emulator for {platform}");
        }
        return switch (exit) {
            case "137" -> Finding.of(FailureCode.OUT_OF_MEMORY, "{step} was killed (exit code 137)");
            case "139" -> failed("{step} crashed with signal 11 (exit code 139)");
            case "127" ->
                failed("{step} exited with code 127, a command was not found")
                        .advising("Install the missing command in an earlier step, or correct its name.");
            case "126" ->
                failed("{step} exited with code 126, a file could not be executed")
                        .advising("Make the file executable (chmod +x, or COPY --chmod=755) and check its first line.");
            default -> failed("{step} exited with code " + exit);
        };
    }

    private static Finding notStarted(String how) {
        if (how.contains("exec format error")) {
            return noEmulator();
        }
        if (how.contains("executable file not found") || how.contains("no such file or directory")) {
            return failed("{step} could not be run, its shell or program is not in the image")
                    .advising("Install the program or a shell in the image, or use the exec form of RUN.");
        }
        return Finding.of(FailureCode.STEP_NOT_STARTED, "{step} could not be started: {how}")
                .with(Map.of("how", how));
    }

    private static Finding noEmulator() {
        return Finding.of(
                FailureCode.NO_EMULATOR,
                "{step} is built for {platform}, which this builder can neither run nor emulate");
    }

    private static Finding failed(String message) {
        return Finding.of(FailureCode.STEP_FAILED, message);
    }
}

package io.buildkitci.failure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules for a {@code RUN} whose process did not end well. They come first, because the error quotes the command, and a
 * command may say anything. A step's output is looked at here only, and only for what the container runtime, the emulator
 * or the system itself has a program write into it.
 */
final class StepRules {
    private static final Pattern PROCESS = Pattern.compile(
            "^(?:process \".*\" did not complete successfully|executor failed running \\[.*]): (?<how>.*)",
            Pattern.DOTALL);
    private static final Pattern EXIT = Pattern.compile("^exit code: (?<exit>\\d{1,9})");
    private static final Pattern WRONG_PROCESSOR = Pattern.compile("exec \\S+: exec format error");
    private static final Pattern NO_OVERLAY = Pattern.compile(
            "fstype: overlay,.*err: (?:invalid argument|no such device|operation not permitted)$", Pattern.DOTALL);
    private static final Pattern OTHER_PLATFORM = Pattern.compile(
            "Base image (?<base>\\S+) was pulled with platform \"(?<its>[^\"]+)\", expected \"(?<built>[^\"]+)\"");
    private static final Pattern FIXED_PLATFORM =
            Pattern.compile("FROM --platform flag should not use constant value \"(?<its>[^\"]+)\"");
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
        Finding finding = exit.find() ? exited(symptom, exit.group("exit")) : notStarted(symptom, how);
        return Optional.of(finding.with(symptom.facts()));
    }

    private static Finding exited(Symptom symptom, String exit) {
        List<String> output = symptom.step().map(FailedStep::outputTail).orElse(List.of());
        if (!output.isEmpty()
                && output.stream()
                        .allMatch(line -> WRONG_PROCESSOR.matcher(line.strip()).matches())) {
            return wrongProcessor(symptom);
        }
        boolean emulatorSaidSo = output.stream()
                .anyMatch(line -> EMULATOR_SIGNAL.matcher(line.strip()).matches());
        if (symptom.onEmulator() && (emulatorSaidSo || exit.equals("139"))) {
            return Finding.of(FailureCode.EMULATOR_CRASHED, "{step} crashed under the emulator for {platform}");
        }
        return switch (exit) {
            case "124" ->
                Finding.of(
                        FailureCode.STEP_TIMED_OUT,
                        "{step} was ended by its own limit of time (exit code 124, as of the command timeout)");
            case "137" -> Finding.of(FailureCode.OUT_OF_MEMORY, "{step} was killed (exit code 137)");
            case "139" -> failed("{step} crashed with signal 11 (exit code 139)");
            case "127" ->
                failed("{step} exited with code 127, a command was not found")
                        .advising("Install the missing command in an earlier step, or correct its name.");
            case "126" ->
                failed("{step} exited with code 126, a file could not be executed")
                        .advising("Make the file executable (chmod +x, or COPY --chmod=755) and check its first line.");
            default ->
                symptom.step()
                        .flatMap(step -> NoRoom.of(step, exit))
                        .orElseGet(() -> failed("{step} exited with code " + exit));
        };
    }

    private static Finding notStarted(Symptom symptom, String how) {
        if (how.contains("exec format error")) {
            return wrongProcessor(symptom);
        }
        if (NO_OVERLAY.matcher(how).find()) {
            return Finding.of(
                    FailureCode.KERNEL_LACKS_OVERLAY,
                    "{step} could not be started: the builder cannot mount an overlay");
        }
        if (how.contains("executable file not found") || how.contains("no such file or directory")) {
            return failed("{step} could not be run, its shell or program is not in the image")
                    .advising("Install the program or a shell in the image, or use the exec form of RUN.");
        }
        return Finding.of(FailureCode.STEP_NOT_STARTED, "{step} could not be started: {how}")
                .with(Map.of("how", how));
    }

    /** BuildKit tells of a base image that is for another platform than the build, and goes on. */
    private static Finding wrongProcessor(Symptom symptom) {
        for (String warning : symptom.warnings()) {
            Matcher other = OTHER_PLATFORM.matcher(warning);
            if (other.find()) {
                return Finding.of(
                                FailureCode.BASE_IMAGE_WRONG_PLATFORM,
                                "{step} cannot run: {base} is made for {its}, and the build is for {built}")
                        .with(Map.of(
                                "base", other.group("base"),
                                "its", other.group("its"),
                                "built", other.group("built")));
            }
        }
        for (String warning : symptom.warnings()) {
            Matcher fixed = FIXED_PLATFORM.matcher(warning);
            if (fixed.find()) {
                return Finding.of(
                                FailureCode.BASE_IMAGE_WRONG_PLATFORM,
                                "{step} cannot run: a FROM line asks for {its}, which this builder can neither run nor"
                                        + " emulate")
                        .with(Map.of("its", fixed.group("its")));
            }
        }
        return Finding.of(
                FailureCode.NO_EMULATOR,
                "{step} is built for {platform}, which this builder can neither run nor emulate");
    }

    private static Finding failed(String message) {
        return Finding.of(FailureCode.STEP_FAILED, message);
    }
}

package io.buildkitci.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step that failed wrote last, where that is the system's own word for a file system that is full: the builder's disk,
 * unless the step has a file system of its own in memory to fill.
 */
final class NoRoom {
    private static final int LAST = 10;

    /** As programs end their complaints, whatever they are written in. What another machine said is not meant. */
    private static final Pattern SAID =
            Pattern.compile("(?i)^(?!remote:).*[:(\\]] ?(?:no space left on device|disk quota exceeded)\\b.*"
                    + "|^E: You don't have enough free space in \\S+");

    private static final Pattern PATH = Pattern.compile("(?<![\\w./:-])(/[\\w.+@~-]+(?:/[\\w.+@~-]+)*)");
    private static final Pattern MOUNT = Pattern.compile("--mount=(\\S*\\btype=tmpfs\\b\\S*)");
    private static final Pattern TARGET = Pattern.compile("(?:^|,)(?:target|dst|destination)=([^,\\s]+)");

    /** What every step has in memory; of these only /dev/shm is large enough to be filled by chance. */
    private static final List<String> ALWAYS = List.of("/dev/shm", "/dev", "/proc", "/sys", "/run/secrets");

    private NoRoom() {}

    /** Empty where the step did not say so. */
    static Optional<Finding> of(FailedStep step, String exit) {
        List<String> output =
                step.outputTail().stream().filter(line -> !line.isBlank()).toList();
        return output.subList(Math.max(0, output.size() - LAST), output.size()).stream()
                .filter(line -> SAID.matcher(line.strip()).matches())
                .reduce((earlier, later) -> later)
                .map(line -> finding(line, inMemory(step.name()), exit));
    }

    private static Finding finding(String line, List<String> inMemory, String exit) {
        List<String> paths =
                PATH.matcher(line).results().map(path -> path.group(1)).toList();
        Optional<String> own = inMemory.stream()
                .filter(directory -> paths.stream().anyMatch(path -> (path + "/").startsWith(directory + "/")))
                .findFirst();
        if (own.isPresent()) {
            return Finding.of(
                            FailureCode.STEP_FAILED,
                            "{step} exited with code " + exit + ", no space was left in " + own.get()
                                    + ", which it has in memory")
                    .advising(
                            "Give it more with {input shm-size} (/dev/shm) or size= of the mount, or write elsewhere.");
        }
        List<String> mounted = inMemory.subList(ALWAYS.size(), inMemory.size());
        return !mounted.isEmpty() && paths.isEmpty()
                ? Finding.of(
                                FailureCode.STEP_FAILED,
                                "{step} exited with code " + exit + ", no space was left on the builder's disk or in "
                                        + String.join(" or ", mounted) + ", which it has in memory")
                        .advising("Give the mount more with size=, or the builder a larger disk; see in the step's last"
                                + " lines which of them was full.")
                : Finding.of(
                        FailureCode.DISK_FULL,
                        "{step} exited with code " + exit + ", no space was left on the builder's disk");
    }

    private static List<String> inMemory(String step) {
        List<String> directories = new ArrayList<>(ALWAYS);
        Matcher mount = MOUNT.matcher(step);
        while (mount.find()) {
            TARGET.matcher(mount.group(1))
                    .results()
                    .map(target -> target.group(1).replaceFirst("(?<=.)/+$", ""))
                    .forEach(directories::add);
        }
        return directories;
    }
}

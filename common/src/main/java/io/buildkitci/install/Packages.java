package io.buildkitci.install;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Installs the distribution's packages. */
public record Packages(HostFiles files, ProcessRunner processes) {
    private static final Duration INSTALLS_WITHIN = Duration.ofMinutes(10);

    /** @param log what was run, and how it ended if it failed */
    public record Installed(boolean complete, List<String> log) {
        public Installed {
            log = List.copyOf(log);
        }
    }

    /** Buildx, wherever the distribution has it. */
    public Installed buildx(BooleanSupplier complete) throws InterruptedException {
        return install(PackageManager::ofBuildx, complete);
    }

    /**
     * @param names of packages by who installs them, the likeliest first
     * @param complete whether there is what is wanted
     */
    public Installed install(Function<PackageManager, List<String>> names, BooleanSupplier complete)
            throws InterruptedException {
        Optional<PackageManager> manager = PackageManager.find(files);
        if (manager.isEmpty()) {
            return new Installed(false, List.of("no package was installed: there is no apt-get, dnf, apk or zypper"));
        }
        if (!isRoot()) {
            return new Installed(false, List.of("no package was installed: only root may do that"));
        }
        List<String> log = new ArrayList<>();
        for (List<String> argv : manager.get().installing(names.apply(manager.get()))) {
            Captured said = processes.capture(Command.of(argv)
                    .withEnvironment(Map.of("DEBIAN_FRONTEND", "noninteractive"))
                    .within(INSTALLS_WITHIN));
            log.add(String.join(" ", argv) + (said.succeeded() ? "" : " failed: " + lastLine(said)));
            if (complete.getAsBoolean()) {
                return new Installed(true, log);
            }
        }
        return new Installed(false, log);
    }

    /** The second number is the effective user. */
    private boolean isRoot() {
        return files.read(Path.of("/proc/self/status")).stream()
                .flatMap(String::lines)
                .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    }

    private static String lastLine(Captured said) {
        String text = said.err().isBlank() ? said.out() : said.err();
        return text.strip().lines().reduce((a, b) -> b).orElse(said.outcome().toString());
    }
}

package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.Evidence;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real build's stderr and exit status, from {@code resources/failures}, taken in as if it ran now. On {@code daemon} the
 * client is buildctl, elsewhere buildx.
 */
record RecordedBuild(String name, String driver, String client, int exit, List<String> stderr) {
    private static final Path FOLDER = Path.of("src/test/resources/failures");
    private static final Pattern FILE =
            Pattern.compile("(.+)-(docker|remote|container|daemon)-(?:buildx|buildctl)-([\\d.]+)\\.stderr");

    static List<RecordedBuild> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(RecordedBuild::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RecordedBuild> read(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Stream.empty();
        }
        try {
            String exit = Files.readString(Path.of(file.toString().replaceFirst("\\.stderr$", ".exit")));
            return Stream.of(new RecordedBuild(
                    name.group(1),
                    name.group(2),
                    name.group(3),
                    Integer.parseInt(exit.strip()),
                    Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Evidence evidence() {
        try (Following following = new Following(Redactor.NONE, Unseen::new)) {
            stderr.forEach(line -> following.line(LineListener.Stream.ERR, line));
            BuildxRun.Ended ended = new BuildxRun.Ended(
                    new Outcome.Exited(exit),
                    following.trace(),
                    following.clientText(),
                    following.answer(),
                    Metadata.NONE,
                    Optional.empty());
            return TraceEvidence.of(ended, List.of(), where());
        }
    }

    private Evidence.Where where() {
        Driver known =
                switch (driver) {
                    case "docker" -> Driver.DOCKER;
                    case "daemon" -> Driver.BUILDKITD;
                    default -> Driver.REMOTE;
                };
        Set<Platform> emulated = name.startsWith("emulat") ? Set.of(new Platform("linux", "riscv64", "")) : Set.of();
        return new Evidence.Where("h-failure", Optional.of(known), emulated);
    }

    /** Nobody looks at these builds. */
    private record Unseen() implements ProgressView {
        @Override
        public void update(ProgressLine line) {}

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }

    @Override
    public String toString() {
        return name + " on " + driver + ", client " + client;
    }
}

package io.buildkitci.build;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a pushed index back from its registry, by digest, with the client's own credentials. */
final class PushedDigests {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ProcessRunner processes;
    private final List<String> buildx;
    private final Optional<String> builder;

    PushedDigests(ProcessRunner processes, List<String> buildx, Optional<String> builder) {
        this.processes = processes;
        this.buildx = List.copyOf(buildx);
        this.builder = builder;
    }

    /** Platform to digest; empty when the registry did not give the index, which fails no build. */
    Optional<Map<Platform, String>> read(String name, String digest) throws InterruptedException {
        Optional<ImageRef> reference = reference(name, digest);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        List<String> argv = new ArrayList<>(buildx);
        argv.addAll(List.of("imagetools", "inspect", "--raw"));
        builder.ifPresent(b -> argv.addAll(List.of("--builder", b)));
        argv.add(reference.get().render());
        ProcessRunner.Captured answer = processes.capture(Command.of(argv).within(LONGEST));
        return answer.succeeded() ? ImageIndex.parse(answer.out()) : Optional.empty();
    }

    private static Optional<ImageRef> reference(String name, String digest) {
        try {
            return Optional.of(ImageRef.parse(name).at(digest));
        } catch (InvalidValue notAReference) {
            return Optional.empty();
        }
    }
}

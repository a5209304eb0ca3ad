package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.plan.BuildPlan.Staged;
import io.buildkitci.process.HostFiles;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outputs of targets on this machine; each target's go to their places when it is done, whatever comes of the others. */
final class BakeOutputs {
    private final Map<String, OutputFiles> targets = new LinkedHashMap<>();

    /** @param base where the client runs */
    BakeOutputs(HostFiles files, Map<String, List<Staged>> staged, Path base) {
        staged.forEach((name, outputs) -> targets.put(name, new OutputFiles(files, outputs, base)));
    }

    /** What the client writes. */
    List<Path> fresh() {
        return targets.values().stream()
                .flatMap(outputs -> outputs.fresh().stream())
                .toList();
    }

    /** @see OutputFiles#prepare */
    void prepare(Path workspace) throws IOException {
        for (OutputFiles outputs : targets.values()) {
            outputs.prepare(workspace);
        }
    }

    /** @see OutputFiles#lend */
    void lend() {
        targets.values().forEach(OutputFiles::lend);
    }

    /** Puts those of one target in their places, of which there may be none. */
    Optional<BuildFailure> deliver(String target, HostWords words) {
        return Optional.ofNullable(targets.get(target)).flatMap(outputs -> outputs.deliver(words));
    }

    /** Removes what was not put in its place. */
    void discard() {
        targets.values().forEach(OutputFiles::discard);
    }

    /** What the client says, in the names of the person. */
    String named(String line) {
        String named = line;
        for (OutputFiles outputs : targets.values()) {
            named = outputs.named(named);
        }
        return named;
    }
}

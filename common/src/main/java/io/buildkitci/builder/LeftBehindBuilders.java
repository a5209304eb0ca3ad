package io.buildkitci.builder;

import io.buildkitci.builder.BuildersBeingMade.Left;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builders that nobody removes any more: their makers were killed, or their jobs cut off. See ADR 21. */
final class LeftBehindBuilders {
    private final BuilderNotes notes;
    private final HostFiles files;

    LeftBehindBuilders(BuilderNotes notes, HostFiles files) {
        this.notes = notes;
        this.files = files;
    }

    /** @param dead private directories of killed makers that are not removed yet */
    List<String> names(List<Path> dead) {
        return Stream.concat(
                        notes.beingMade().left(dead).stream().map(Left::name),
                        notes.made().leftByJobs().stream().map(MadeBuilder::name))
                .toList();
    }

    List<Removal> remove(Builders builders) throws InterruptedException {
        notes.made().forgetGone();
        List<Removal> removals = new ArrayList<>();
        for (Left left : notes.beingMade().left(List.of())) {
            Removal removal = builders.remove(left.name(), left.keepState(), Optional.empty());
            if (removal instanceof Removal.Unknown) {
                removal = builders.removeForgotten(left.name(), left.keepState());
            }
            removals.add(removal);
            if (!(removal instanceof Removal.Failed)) {
                strikeOff(left);
            }
        }
        for (MadeBuilder left : notes.made().leftByJobs()) {
            BuilderJob job = left.job().orElseThrow();
            Removal removal = builders.remove(left.name(), job.keepState(), Optional.empty());
            removals.add(job.removed(left.name(), removal, files));
        }
        return removals;
    }

    private void strikeOff(Left left) {
        try {
            notes.beingMade().strikeOff(left.note());
        } catch (IOException e) {
            // it is looked for once more, and not found
        }
    }
}

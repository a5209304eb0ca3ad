package io.buildkitci.builder;

import io.buildkitci.process.HostFiles;
import java.time.InstantSource;

/** What is noted of builders beside what buildx remembers: those that are being made, and those that were made. */
public final class BuilderNotes {
    private final BuildersBeingMade beingMade;
    private final BuildersMade made;

    public BuilderNotes(HostFiles files, ClientEnvironment environment, InstantSource clock) {
        this.beingMade = new BuildersBeingMade(files, environment);
        this.made = new BuildersMade(files, environment, clock);
    }

    BuildersBeingMade beingMade() {
        return beingMade;
    }

    BuildersMade made() {
        return made;
    }
}

package io.jenkins.plugins.buildkit.housekeeping;

import io.buildkitci.builder.Removal;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Removes the builders of the ledger that are due. One use. */
final class Sweep {
    private final BuilderLedger ledger;
    private final Agents agents;
    private final Consumer<String> log;
    private final Instant now;

    Sweep(BuilderLedger ledger, Agents agents, Consumer<String> log, Instant now) {
        this.ledger = ledger;
        this.agents = agents;
        this.log = log;
        this.now = now;
    }

    /** The agents of now. */
    interface Agents {
        /** Names of all that are configured, whether online or not. */
        List<String> names();

        /** What removes builders there; empty where it is offline, or has no buildx. */
        Optional<AgentBuilders> at(String agent) throws IOException, InterruptedException;
    }

    /** @param running whether a build, by its externalizable ID, is still running */
    void run(Predicate<String> running) throws IOException, InterruptedException {
        ledger.keepOnly(running);
        for (MadeBuilder made : ledger.all()) {
            if (made.isDue(now)) {
                sweepUnlessWanted(made);
            }
        }
    }

    /** A build that wants it meanwhile has noted so under the same lock. */
    private void sweepUnlessWanted(MadeBuilder made) throws IOException, InterruptedException {
        Lock lock = ledger.lock(made.agent(), made.builder());
        lock.lockInterruptibly();
        try {
            if (ledger.has(made)) {
                sweep(made);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sweep(MadeBuilder made) throws IOException, InterruptedException {
        boolean known = agents.names().contains(made.agent());
        List<String> places = known ? List.of(made.agent()) : agents.names();
        boolean gone = false;
        for (String place : places) {
            Optional<AgentBuilders> builders = agents.at(place);
            if (builders.isPresent()) {
                gone |= remove(made, builders.get(), known);
            }
        }
        boolean givenUp = !known && made.used().plus(MadeBuilder.FORGOTTEN).isBefore(now);
        if (gone || givenUp) {
            ledger.forget(made.agent(), made.builder());
        }
    }

    /**
     * An agent that is gone may have used an engine that others use too: its containers are looked for on all of them.
     *
     * @param home whether it is the agent on which the builder was made
     * @return whether nothing of it is left
     */
    private boolean remove(MadeBuilder made, AgentBuilders place, boolean home) throws InterruptedException {
        String where = made.builder() + " on " + name(place.agent());
        Removal removal = home && place.builders().exists(made.builder())
                ? place.builders().remove(made.builder(), made.keepState(), Optional.empty())
                : place.builders().removeForgotten(made.builder(), made.keepState());
        if (home) {
            removeCertificates(made, place);
        }
        if (removal instanceof Removal.Removed removed) {
            log.accept("removed builder " + where + ", which no build uses"
                    + (removed.forced().isEmpty() ? "" : " (" + String.join(", ", removed.forced()) + ")"));
            return true;
        }
        if (removal instanceof Removal.Failed failed) {
            log.accept(
                    "builder " + where + " was not removed: " + failed.failure().text()
                            + (failed.left().isEmpty() ? "" : " (left: " + String.join(", ", failed.left()) + ")"));
        }
        return home && removal instanceof Removal.Unknown;
    }

    private void removeCertificates(MadeBuilder made, AgentBuilders place) {
        try {
            place.files().remove(place.certificates(made.builder()));
        } catch (IOException e) {
            log.accept("certificates of builder " + made.builder() + " are left: " + e.getMessage());
        }
    }

    private static String name(String agent) {
        return agent.isEmpty() ? "the built-in node" : agent;
    }
}

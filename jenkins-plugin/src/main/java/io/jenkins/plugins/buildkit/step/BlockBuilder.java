package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.model.BuilderRequest;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import io.jenkins.plugins.buildkit.housekeeping.BuilderUse;
import java.io.IOException;
import java.util.concurrent.locks.Lock;

/**
 * The builder of one block. It is in the controller's ledger from before it is made until it is removed, so that one that
 * a killed agent leaves behind is removed by housekeeping.
 */
final class BlockBuilder {
    private final BuilderWork work;
    private final BuilderLedger ledger;
    private final String agent;
    private final String name;
    private final boolean keepState;

    private BlockBuilder(BuilderWork work, BuilderLedger ledger, String agent, String name, boolean keepState) {
        this.work = work;
        this.ledger = ledger;
        this.agent = agent;
        this.name = name;
        this.keepState = keepState;
    }

    /** @param name on the agent */
    static BlockBuilder of(BuilderWork work, Place place, String name, boolean keepState) throws IOException {
        return new BlockBuilder(
                work,
                BuilderLedger.get(),
                BuildxTool.computer(place.directory()).getName(),
                name,
                keepState);
    }

    /** @param ours whether it goes with the block; one that was there before is used, and left */
    BuilderSummary make(BuilderRequest request, boolean ours, Run<?, ?> run) throws IOException, InterruptedException {
        Lock lock = ledger.lock(agent, name);
        lock.lockInterruptibly();
        try {
            if (ours || ledger.knows(agent, name)) {
                ledger.note(BuilderUse.once(agent, name, run.getExternalizableId(), keepState));
            }
            return work.create(request, name);
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be removed now stays in the ledger. */
    void remove() throws IOException, InterruptedException {
        Lock lock = ledger.lock(agent, name);
        lock.lockInterruptibly();
        try {
            if (work.remove(name, keepState)) {
                ledger.forget(agent, name);
            }
        } finally {
            lock.unlock();
        }
    }
}

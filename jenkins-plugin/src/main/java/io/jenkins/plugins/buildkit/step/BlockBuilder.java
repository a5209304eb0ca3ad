package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Revived;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Driver;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import io.jenkins.plugins.buildkit.housekeeping.BuilderUse;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * The builder of one block. Steps in the block find it among what is around them, also after a restart, and make it again
 * when somebody has removed it.
 *
 * <p>It is in the controller's ledger from before it is made until it is removed, so that one that a killed agent leaves
 * behind is removed by housekeeping.
 */
final class BlockBuilder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String call;
    private final boolean ours;
    private final boolean keepState;

    private BlockBuilder(String name, String call, boolean ours, boolean keepState) {
        this.name = name;
        this.call = call;
        this.ours = ours;
        this.keepState = keepState;
    }

    /**
     * One that is to be made.
     *
     * @param call sealed
     * @param request what it comes to
     */
    static BlockBuilder of(String call, BuilderRequest request, BuilderWork work) throws AbortException {
        String name = Builders.nameFor(request.builder());
        // one that a person has made under that name is used, and left
        boolean ours = request.builder().driver() != Driver.DOCKER && !work.exists(name);
        return new BlockBuilder(name, call, ours, request.keepState());
    }

    String name() {
        return name;
    }

    /** What was asked for, under the name that it has. */
    BuilderRequest request(BuilderWork work) throws AbortException {
        return work.check(BuilderCall.unsealed(call).named(name));
    }

    /** Makes it: the same by the name that it turned out to have, which is another one for the engine's own. */
    BlockBuilder make(BuilderRequest request, BuilderWork work, Run<?, ?> run)
            throws IOException, InterruptedException {
        return new BlockBuilder(work.made(create(request, work, run)).name(), call, ours, keepState);
    }

    /**
     * Makes it again when it is gone.
     *
     * @param gone name of the builder that is missed
     * @param place of the step that misses it
     */
    Revived again(String gone, Place place, Run<?, ?> run) throws InterruptedException {
        if (!isOurs(gone)) {
            return new Revived.NotKnown(false);
        }
        try {
            BuilderWork work = BuilderWork.of(WithBuilderStep.PARAMETERS.step(), place);
            return Revived.from(create(request(work), work, run));
        } catch (IOException e) {
            return new Revived.Failed(new BuilderFailure(
                    BuilderFailure.Reason.NO_DIRECTORY,
                    String.valueOf(e.getMessage()),
                    "see to what the message names",
                    List.of()));
        }
    }

    /** Whether it goes by this name, and with its block. */
    boolean isOurs(String builder) {
        return ours && builder.equals(name);
    }

    private Creation create(BuilderRequest request, BuilderWork work, Run<?, ?> run)
            throws IOException, InterruptedException {
        BuilderLedger ledger = BuilderLedger.get();
        String agent = work.agentName();
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

    /** If it goes with its block. What cannot be removed now stays in the ledger. */
    void remove(Place place) throws IOException, InterruptedException {
        if (!ours) {
            return;
        }
        BuilderWork work = BuilderWork.of(WithBuilderStep.PARAMETERS.step(), place);
        BuilderLedger ledger = BuilderLedger.get();
        Lock lock = ledger.lock(work.agentName(), name);
        lock.lockInterruptibly();
        try {
            if (work.remove(name, keepState)) {
                ledger.forget(work.agentName(), name);
            }
        } finally {
            lock.unlock();
        }
    }
}

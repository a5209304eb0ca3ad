package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Revived;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.BuildRequest.Means;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.Patience;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.words.HostWords;
import java.util.List;
import java.util.Optional;

/** Builders that somebody removes while they are needed: what is said of them, and what brings them back. */
final class Vanished {
    private final BuilderStore store;
    private final boolean daemonIsNamed;
    private final Revival revival;
    private final HostWords words;

    /** @param daemonIsNamed whether the environment names a daemon that is taken where no builder is named */
    Vanished(BuilderStore store, boolean daemonIsNamed, Revival revival, HostWords words) {
        this.store = store;
        this.daemonIsNamed = daemonIsNamed;
        this.revival = revival;
        this.words = words;
    }

    /**
     * Before a build: a builder that is asked for and gone is made again, where it is known how, unless the build is not to
     * be tried twice. buildx would take the engine's own for one that was selected.
     *
     * @return a note only where it was made again; a failure only where it should have been, and could not
     */
    Before before(Means means, Patience patience) throws InterruptedException {
        boolean forBuildx = means.client() == ClientChoice.AUTO || means.client() == ClientChoice.BUILDX;
        if (patience.retries() == 0
                || !forBuildx
                || means.ownDaemon()
                || (daemonIsNamed && means.builder().isEmpty())) {
            return Before.NOTHING;
        }
        Optional<String> gone =
                means.builder().or(store::asked).filter(name -> store.mark(name).isEmpty());
        return gone.isPresent() ? before(gone.get(), revival.revive(gone.get(), Optional.empty())) : Before.NOTHING;
    }

    private static Before before(String name, Revived revived) {
        if (revived instanceof Revived.Failed failed) {
            BuilderFailure why = failed.failure();
            String text = "builder '" + name + "' was gone and could not be made again: " + why.text();
            return new Before(
                    Optional.empty(),
                    Optional.of(new BuilderFailure(why.reason(), text, why.advice(), why.evidence())));
        }
        return revived instanceof Revived.MadeAgain
                ? new Before(Optional.of(madeAgain(name)), Optional.empty())
                : Before.NOTHING;
    }

    /** What was done about a builder before a build, as a person should know it; or why nothing can be built. */
    record Before(Optional<String> note, Optional<BuilderFailure> failure) {
        static final Before NOTHING = new Before(Optional.empty(), Optional.empty());
    }

    /** What tells the builder from another of its name. */
    Optional<String> seen(Builds.Ready ready) {
        return store.mark(ready.capabilities().builder().name());
    }

    /** A failure for want of a builder, told as one in which it was removed where that is so. */
    BuildFailure told(BuildFailure failure, Builds.Ready ready) {
        boolean lost = failure.code() == FailureCode.BUILDER_LOST;
        if (!(lost || failure.code() == FailureCode.BUILDER_MISSING) || !isGone(ready)) {
            return failure;
        }
        String name = ready.capabilities().builder().name();
        return new BuildFailure(
                failure.code(),
                "builder '" + name + "' was removed " + (lost ? "while it was building" : "before the build began"),
                failure.place(),
                failure.step(),
                failure.clientLines(),
                "Make it again with " + words.step("create-builder")
                        + ", and see who removes builders that are in use.",
                failure.help());
    }

    private boolean isGone(Builds.Ready ready) {
        String name = ready.capabilities().builder().name();
        boolean ofBuildx = ready.capabilities().client() instanceof Capabilities.Buildx;
        return ofBuildx
                && !name.isEmpty()
                && !store.isContext(name)
                && store.mark(name).isEmpty();
    }

    /** What can be done before a build is run again. */
    sealed interface Answer {}

    /** It can be run again, with something to say of the builder or nothing. */
    record Usable(Optional<String> note) implements Answer {}

    /** It cannot: the builder is gone for good. */
    record Gone(BuildFailure failure) implements Answer {}

    /** @param seen of {@link #seen} when the build began */
    Answer again(BuildFailure failure, Builds.Ready ready, Optional<String> seen) throws InterruptedException {
        String name = ready.capabilities().builder().name();
        boolean lost = failure.code() == FailureCode.BUILDER_LOST || failure.code() == FailureCode.BUILDER_MISSING;
        if (!lost || seen.isEmpty()) {
            return new Usable(Optional.empty());
        }
        return again(told(failure, ready), name, revival.revive(name, seen));
    }

    private static Answer again(BuildFailure failure, String name, Revived revived) {
        if (revived instanceof Revived.Remembered remembered) {
            return new Usable(replaced(remembered.gone(), name));
        }
        if (revived instanceof Revived.Failed failed) {
            return new Gone(failure.advising(
                    "It could not be made again: " + failed.failure().text() + ". " + failure.advice()));
        }
        if (revived instanceof Revived.NotKnown notKnown) {
            return new Gone(
                    notKnown.ours()
                            ? failure.advising("It was made with variables or credentials, which are not kept. "
                                    + failure.advice())
                            : failure);
        }
        return new Usable(Optional.of(madeAgain(name)));
    }

    private static String madeAgain(String name) {
        return "builder '" + name + "' was gone and is made again, as it was made before";
    }

    private static Optional<String> replaced(List<String> containers, String name) {
        return containers.isEmpty()
                ? Optional.empty()
                : Optional.of("builder '" + name + "' gets a new container in place of "
                        + String.join(" and ", containers) + ", which is gone");
    }
}

package io.buildkitci.builder;

import io.buildkitci.process.ProcessRunner.Captured;
import java.util.List;
import java.util.Optional;

/** Which builder is taken when none is named. */
final class CurrentBuilder {
    private final BuildxCli buildx;
    private final BuilderStore store;

    CurrentBuilder(BuildxCli buildx, BuilderStore store) {
        this.buildx = buildx;
        this.store = store;
    }

    /** The current builder, unless it is the one of that name. */
    Optional<String> before(String name) {
        return store.selected().or(() -> Optional.of(store.context())).filter(now -> !now.equals(name));
    }

    boolean is(String name) {
        return store.selected().equals(Optional.of(name));
    }

    Optional<BuilderFailure> become(String name) throws InterruptedException {
        Captured said = buildx.run(BuildxCli.PROMPTLY, List.of("use", name));
        return said.succeeded()
                ? Optional.empty()
                : Optional.of(BuilderFailure.of(
                        said, BuilderFailure.Reason.NOT_ACCEPTED, name + " did not become the current builder"));
    }

    /** Goes back to a builder, or to the engine's own where there is none or it is gone. */
    Optional<BuilderFailure> restore(Optional<String> previous) throws InterruptedException {
        if (previous.isPresent() && become(previous.get()).isEmpty()) {
            return Optional.empty();
        }
        return become(store.context());
    }
}

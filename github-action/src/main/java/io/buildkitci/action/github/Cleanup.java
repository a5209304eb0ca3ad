package io.buildkitci.action.github;

import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.builder.Removal;
import io.buildkitci.failure.Blame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The post step of every action: takes back what the main step made. Whatever goes wrong here only warns. */
final class Cleanup {
    private final ActionRun run;

    private Cleanup(ActionRun run) {
        this.run = run;
    }

    static int run(ActionRun run) throws InterruptedException {
        String state = run.host().variable("STATE_" + Undo.STATE).orElse("");
        Cleanup cleanup = new Cleanup(run);
        cleanup.takeBack(Undo.parse(state));
        cleanup.sweep();
        return Blame.BUILT;
    }

    /** A workspace that is opened removes those of processes that were killed. */
    private void sweep() {
        try {
            run.host().tools().workspaces().open().close();
        } catch (IOException | UncheckedIOException e) {
            run.log().warn("private files may be left: " + e.getMessage());
        }
    }

    private void takeBack(Undo undo) throws InterruptedException {
        if (undo.builder().isPresent()) {
            removeBuilder(undo.builder().get(), undo);
        }
        for (String file : undo.files()) {
            remove(file);
        }
    }

    private void removeBuilder(String name, Undo undo) throws InterruptedException {
        BuilderClients clients = BuilderClients.of(run.host(), run.words());
        if (run.job().debug()) {
            clients.logs(name)
                    .forEach(log -> run.log()
                            .group(
                                    "Log of " + log.node(),
                                    log.failure().map(List::of).orElse(log.lines())));
        }
        tell(clients.remove(name, undo.keepState(), undo.previous()));
    }

    private void tell(Removal removal) {
        if (removal instanceof Removal.Removed removed) {
            run.log().line("builder " + removed.name() + " removed");
            removed.forced().forEach(left -> run.log().line("buildx had left " + left + "; removed too"));
        } else if (removal instanceof Removal.Unknown unknown) {
            run.log().line("builder " + unknown.name() + " was gone already");
        } else if (removal instanceof Removal.Refused refused) {
            run.log().warn("builder " + refused.name() + " was not removed: " + refused.reason());
        } else if (removal instanceof Removal.Failed failed) {
            run.log().warn(run.text(failed.failure()));
            failed.left().forEach(left -> run.log().warn("left: " + left));
        }
    }

    private void remove(String file) {
        try {
            run.host().tools().files().remove(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            run.log().warn("'" + file + "' was not removed: " + e.getMessage());
        }
    }
}

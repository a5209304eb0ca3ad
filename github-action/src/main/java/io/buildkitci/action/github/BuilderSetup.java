package io.buildkitci.action.github;

import io.buildkitci.action.host.BuilderClients;
import io.buildkitci.action.job.BuilderTls.CertificateFile;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.Creation;
import io.buildkitci.failure.Blame;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a builder and sees to it that the post step removes what it made, whatever becomes of the main step. */
final class BuilderSetup {
    private final ActionRun run;

    BuilderSetup(ActionRun run) {
        this.run = run;
    }

    /**
     * What came of it.
     *
     * @param builder empty when there is none; the failure is told already
     * @param exit the exit code
     */
    record Made(Optional<BuilderSummary> builder, int exit) {
        int then(Consumer<BuilderSummary> tell) {
            builder.ifPresent(tell);
            return exit;
        }
    }

    Made make(AskedBuilder asked) throws InterruptedException {
        BuilderClients clients = BuilderClients.of(run.host(), run.words());
        clients.removeLeftBehind(); // one of a job that was cut off is not taken for somebody's
        String name = Builders.nameFor(asked.request().builder());
        Undo undo = undo(name, asked, clients);
        try {
            run.files().state(Undo.STATE, undo.render());
            for (CertificateFile file : asked.certificates()) {
                byte[] content = file.content().reveal().getBytes(StandardCharsets.UTF_8);
                run.host().tools().files().writePrivate(file.path(), content);
            }
        } catch (IOException e) { // what cannot be remembered is not made: nobody would remove it
            String text = "the builder is not made: " + e.getMessage();
            return failed(run.fail(Blame.ENVIRONMENT, text, "Free or make writable what the message names."));
        }
        Creation creation = clients.create(
                asked.request().builder(),
                name,
                BuilderClients.BOOT,
                (stream, line) -> run.log().line(line));
        if (creation instanceof Creation.Created && undo.builder().isPresent()) {
            clients.endsWithJob(name, undo.keepState(), undo.files());
        }
        return made(creation, undo);
    }

    /** Nothing for a builder that is there already, nor for the certificates that it has: they are somebody else's. */
    private Undo undo(String name, AskedBuilder asked, BuilderClients builders) {
        BuilderRequest request = asked.request();
        boolean there = builders.exists(name);
        boolean ours = request.cleanup() && request.builder().driver() != Driver.DOCKER && !there;
        List<String> files = asked.certificates().stream()
                .map(CertificateFile::path)
                .filter(file -> !there || !run.host().tools().files().isReadable(file))
                .map(Path::toString)
                .toList();
        return new Undo(
                Optional.of(name).filter(n -> ours),
                request.keepState(),
                Optional.empty(),
                request.cleanup() ? files : List.of());
    }

    private Made made(Creation creation, Undo undo) {
        if (creation instanceof Creation.Created created) {
            remember(new Undo(undo.builder(), undo.keepState(), created.previous(), undo.files()));
            return new Made(Optional.of(created.builder()), Blame.BUILT);
        }
        if (creation instanceof Creation.Reused reused) {
            remember(undo.withoutBuilder());
            run.log().line("builder " + reused.builder().name() + " was there and is just what was asked for");
            return new Made(Optional.of(reused.builder()), Blame.BUILT);
        }
        if (creation instanceof Creation.Refused refused) {
            remember(undo.withoutBuilder());
            String text = "builder '" + refused.name() + "' is not what was asked for; nothing was changed\n- "
                    + String.join("\n- ", refused.differences());
            return failed(run.fail(Blame.INPUT, text, refused.advice()));
        }
        Creation.Failed failure = (Creation.Failed) creation;
        if (failure.left().isEmpty()) {
            remember(undo.withoutBuilder());
        }
        failure.left().forEach(left -> run.log().warn("could not be removed again: " + left));
        return failed(run.fail("The builder was not made", failure.failure()));
    }

    /** What was noted before holds where this cannot be written: the builder is removed all the same. */
    private void remember(Undo undo) {
        try {
            run.files().state(Undo.STATE, undo.render());
        } catch (IOException e) {
            run.log().warn("the state for the post step was not written: " + e.getMessage());
        }
    }

    private static Made failed(int exit) {
        return new Made(Optional.empty(), exit);
    }
}

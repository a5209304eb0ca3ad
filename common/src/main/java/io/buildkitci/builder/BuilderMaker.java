package io.buildkitci.builder;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderStore.StoredNode;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Version;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes builders of the drivers that buildx creates builders for. */
final class BuilderMaker {
    private final BuildxCli buildx;
    private final BuilderProbe probe;
    private final Optional<Version> version;
    private final Workspaces workspaces;
    private final HostFiles files;
    private final Leftovers leftovers;
    private final BuilderRemover remover;
    private final HostWords words;
    private final Optional<BuilderNotes> notes;

    BuilderMaker(
            BuildxCli buildx,
            Optional<Version> version,
            Workspaces workspaces,
            HostFiles files,
            Leftovers leftovers,
            BuilderRemover remover,
            HostWords words,
            Optional<BuilderNotes> notes) {
        this.buildx = buildx;
        this.probe = new BuilderProbe(buildx);
        this.version = version;
        this.workspaces = workspaces;
        this.files = files;
        this.leftovers = leftovers;
        this.remover = remover;
        this.words = words;
        this.notes = notes;
    }

    /** How a builder is started. */
    private record Start(boolean now, Duration limit, LineListener progress, Path workspace) {}

    /** @param name the builder's; where the spec has none, one that is made up and need not be looked for */
    Creation make(BuilderSpec spec, String name, Duration limit, LineListener progress) throws InterruptedException {
        try (Workspace workspace = workspaces.open()) {
            Start start = new Start(spec.bootstrap(), BootLimit.of(spec, limit), progress, workspace.path());
            List<List<String>> calls = CreateArguments.render(spec, name, config(spec, workspace), version);
            if (spec.name().isEmpty()) {
                return fresh(name, calls, start, false);
            }
            BuilderProbe.Answer there = probe.inspect(Optional.of(name));
            if (there instanceof BuilderProbe.Failed failed) {
                return failed(failed.failure());
            }
            return there instanceof BuilderProbe.Known known
                    ? reuse(known.builder(), calls, start)
                    : named(spec, name, calls, start);
        } catch (InvalidValue e) {
            return failed(BuilderFailure.of(
                    Reason.NOT_ACCEPTED, "builder " + name + " cannot be created: " + e.getMessage()));
        } catch (IOException e) {
            return failed(
                    BuilderFailure.of(Reason.NO_DIRECTORY, "no private directory can be used: " + e.getMessage()));
        }
    }

    private Optional<Path> config(BuilderSpec spec, Workspace workspace) throws IOException, InvalidValue {
        if (spec.buildkitdConfig().isEmpty()) {
            return Optional.empty();
        }
        return spec.buildkitdConfig().get() instanceof ConfigFile file
                ? Optional.of(Path.of(file.path()))
                : Optional.of(workspace.write(
                        "buildkitd.toml",
                        BuildkitdConfig.text(spec.buildkitdConfig().get(), files)));
    }

    /**
     * Takes a builder that is there if buildx would make the same one now. What it would make is asked of buildx itself,
     * in a configuration directory of its own: it resolves contexts, adds defaults and rewrites the daemon's file.
     */
    private Creation reuse(Inspection has, List<List<String>> calls, Start start) throws InterruptedException {
        BuildxCli aside = buildx.with(
                Map.of("BUILDX_CONFIG", start.workspace().resolve("asked").toString()));
        for (List<String> call : calls) {
            Captured said = aside.run(BuildxCli.PROMPTLY, call);
            if (!said.succeeded()) {
                return failed(notAccepted(has.name(), said));
            }
        }
        BuilderProbe.Answer asked = new BuilderProbe(aside).inspect(Optional.of(has.name()));
        if (!(asked instanceof BuilderProbe.Known known)) {
            return failed(failure(asked));
        }
        List<String> differences = Differences.between(has, known.builder());
        if (!differences.isEmpty()) {
            String advice = "take another name, ask for what it has, or remove it first: "
                    + words.call("remove-builder", Map.of("name", has.name()));
            return new Creation.Refused(has.name(), differences, advice);
        }
        BuilderProbe.Answer now = start.now() && !has.running()
                ? probe.boot(has.name(), start.limit(), start.progress())
                : new BuilderProbe.Known(has);
        return now instanceof BuilderProbe.Known running
                ? new Creation.Reused(new BuilderSummary(running.builder()), Optional.empty())
                : failed(failure(now));
    }

    /**
     * Makes a builder of a given name. A container of that name can be there without a builder, made with another
     * configuration directory: buildx would take it over silently, with its old options.
     */
    private Creation named(BuilderSpec spec, String name, List<List<String>> calls, Start start)
            throws InterruptedException, IOException {
        boolean stateIsThere = false;
        if (spec.driver() == Driver.DOCKER_CONTAINER) {
            for (StoredNode node : nodes(spec, name)) {
                Optional<String> container = leftovers.container(node);
                if (container.isPresent()) {
                    return taken(name, container.get());
                }
                stateIsThere |= leftovers.hasState(node);
            }
        }
        return fresh(name, calls, start, stateIsThere);
    }

    private static Creation taken(String name, String container) {
        return new Creation.Refused(
                name,
                List.of("container " + container + ": is there without a builder, possibly of another person"),
                "take another name, or, if nobody uses it: docker rm --force " + container);
    }

    /** Nodes as buildx will name them. */
    private static List<StoredNode> nodes(BuilderSpec spec, String name) {
        List<StoredNode> nodes = new ArrayList<>();
        for (NodeSpec node : spec.nodes()) {
            nodes.add(new StoredNode(
                    node.name().orElse(name + nodes.size()), node.endpoint().orElse("")));
        }
        return nodes;
    }

    /** @param keepState whether there was state of such a builder before, which does not go with it if it fails */
    private Creation fresh(String name, List<List<String>> calls, Start start, boolean keepState)
            throws InterruptedException, IOException {
        if (notes.isEmpty()) {
            return notedAlready(name, calls, start, keepState);
        }
        Path note = notes.get().beingMade().note(name, start.workspace(), keepState);
        try {
            return notedAlready(name, calls, start, keepState);
        } finally {
            notes.get().beingMade().strikeOff(note);
        }
    }

    private Creation notedAlready(String name, List<List<String>> calls, Start start, boolean keepState)
            throws InterruptedException {
        // what runs on without us is found by it, see the room local
        BuildxCli making = buildx.with(Map.of("BUILDKIT_CI_RUN", start.workspace() + "/"));
        try {
            for (int i = 0; i < calls.size(); i++) {
                Captured said = making.run(BuildxCli.PROMPTLY, calls.get(i));
                if (!said.succeeded()) {
                    boolean ours = i > 0 || said.outcome() instanceof Outcome.TimedOut;
                    return new Creation.Failed(
                            notAccepted(name, said), ours ? remover.undo(name, keepState) : List.of());
                }
            }
            BuilderProbe.Answer answer = start.now()
                    ? new BuilderProbe(making).boot(name, start.limit(), start.progress())
                    : probe.inspect(Optional.of(name));
            return answer instanceof BuilderProbe.Known known
                    ? new Creation.Created(new BuilderSummary(known.builder()), Optional.empty())
                    : new Creation.Failed(failure(answer), remover.undo(name, keepState));
        } catch (InterruptedException e) {
            remover.undo(name, keepState);
            throw e;
        }
    }

    private static BuilderFailure notAccepted(String name, Captured said) {
        return BuilderFailure.of(said, Reason.NOT_ACCEPTED, "builder " + name + " cannot be created");
    }

    private static BuilderFailure failure(BuilderProbe.Answer answer) {
        if (answer instanceof BuilderProbe.Failed failed) {
            return failed.failure();
        }
        return BuilderFailure.of(Reason.NO_BUILDER, "the builder was removed meanwhile");
    }

    private static Creation failed(BuilderFailure failure) {
        return new Creation.Failed(failure, List.of());
    }
}

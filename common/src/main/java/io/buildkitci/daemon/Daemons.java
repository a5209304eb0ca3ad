package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderJob;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.BuildkitdConfig;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.EndpointTrial;
import io.buildkitci.builder.InspectedNode;
import io.buildkitci.builder.Inspection;
import io.buildkitci.builder.Removal;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Builders of driver buildkitd: made, or taken where they are there, and removed. For Linux. */
public final class Daemons {
    private final DaemonStore store;
    private final HostFiles files;
    private final BuildkitPrograms programs;
    private final ProcessRunner runner;
    private final EndpointTrial endpoints;
    private final DaemonStart start;
    private final DaemonRemoval removal;
    private final HostWords words;

    public Daemons(
            ProcessRunner runner,
            HostFiles files,
            ClientEnvironment environment,
            Reachability reachability,
            HostWords words) {
        this.runner = runner;
        this.files = files;
        this.endpoints = new EndpointTrial(runner, Map.of(), reachability);
        this.words = words;
        this.store = new DaemonStore(files, environment);
        this.programs = new BuildkitPrograms(files, environment);
        Processes processes = new Processes(runner, files);
        this.removal = new DaemonRemoval(store, runner, files, programs, processes);
        this.start = new DaemonStart(store, runner, files, programs, processes);
    }

    /** Whether there is a builder of that name here. */
    public boolean exists(String name) {
        return store.read(name).isPresent();
    }

    /**
     * Makes a builder, or takes the one of that name if it is just what is asked for. What does not start is removed again,
     * also when the calling thread is interrupted.
     *
     * @param owner process with which the daemon ends and goes, whatever becomes of it; empty for one that stays
     * @param limit how long it may take to answer
     */
    public Creation create(BuilderSpec spec, String name, OptionalLong owner, Duration limit)
            throws InterruptedException {
        removal.sweep();
        Optional<Path> buildctl = programs.buildctl();
        if (buildctl.isEmpty()) {
            return failed(missing(BuildkitPrograms.CLIENT, programs));
        }
        DaemonDefinition definition = new DaemonDefinition(spec);
        try {
            Optional<String> config = config(spec);
            boolean rootless = definition.rootless(start.isRoot());
            Map<String, String> asked = definition.describe(config, rootless);
            Optional<Daemon> there = store.read(name);
            if (there.isPresent()) {
                List<String> differences =
                        DaemonDefinition.differences(there.get().definition(), asked);
                if (!differences.isEmpty()) {
                    String advice = "take another name, ask for what it has, or remove it first: "
                            + words.call("remove-builder", Map.of("name", name));
                    return new Creation.Refused(name, differences, advice);
                }
            }
            Optional<DaemonAddress> elsewhere = definition.address();
            Daemon wanted = new Daemon(
                    name,
                    elsewhere.orElseGet(() -> start.address(name)),
                    elsewhere.isPresent() ? Optional.empty() : there.flatMap(Daemon::process),
                    elsewhere.isEmpty() && rootless,
                    elsewhere.isEmpty() && owner.isPresent(),
                    Optional.empty(),
                    there.flatMap(Daemon::job).filter(job -> job.isHere(files)),
                    asked);
            Creation creation = made(wanted, new Making(definition, config, owner, limit, there.isPresent()));
            return spec.use() ? used(creation) : creation;
        } catch (InvalidValue e) {
            return failed(BuilderFailure.of(
                    Reason.NOT_ACCEPTED, "builder " + name + " cannot be created: " + e.getMessage()));
        } catch (IOException e) {
            return failed(BuilderFailure.of(
                    Reason.NO_DIRECTORY, "the directory of builder " + name + " cannot be used: " + e.getMessage()));
        }
    }

    /** How a daemon is made. */
    record Making(
            DaemonDefinition definition,
            Optional<String> config,
            OptionalLong owner,
            Duration limit,
            boolean isThere) {}

    private Optional<String> config(BuilderSpec spec) throws InvalidValue {
        return spec.buildkitdConfig().isPresent()
                ? Optional.of(BuildkitdConfig.text(spec.buildkitdConfig().get(), files))
                : Optional.empty();
    }

    private Creation made(Daemon wanted, Making making) throws InterruptedException, IOException {
        Optional<BuilderFailure> unreachable = endpoints.of(wanted.address());
        Optional<Workers> answer = unreachable.isPresent() ? Optional.empty() : workers(wanted);
        if (answer.isPresent()) {
            store.keep(wanted);
            BuilderSummary summary = summary(wanted, answer.get());
            return making.isThere()
                    ? new Creation.Reused(summary, Optional.empty())
                    : new Creation.Created(summary, Optional.empty());
        }
        if (making.definition().address().isPresent()) {
            return failed(unreachable.orElseGet(() -> BuilderFailure.of(
                    Reason.UNREACHABLE,
                    "no buildkitd can be reached at " + wanted.address().url(),
                    "whoever is there is no buildkitd")));
        }
        try {
            DaemonStart.Outcome outcome = start.start(wanted, making);
            if (outcome instanceof DaemonStart.Answers answers) {
                BuilderSummary summary = summary(answers.daemon(), answers.workers());
                return making.isThere()
                        ? new Creation.Reused(summary, Optional.empty())
                        : new Creation.Created(summary, Optional.empty());
            }
            BuilderFailure failure = ((DaemonStart.Failed) outcome).failure();
            return new Creation.Failed(failure, making.isThere() ? List.of() : removal.undo(wanted.name()));
        } catch (InterruptedException e) {
            removal.undo(wanted.name());
            throw e;
        }
    }

    private Optional<Workers> workers(Daemon daemon) throws InterruptedException {
        List<String> command = List.of(programs.buildctl().orElseThrow().toString());
        return new Buildctl(runner, command).workers(daemon.address());
    }

    private static BuilderSummary summary(Daemon daemon, Workers workers) {
        String flags = daemon.definition().getOrDefault(DaemonDefinition.FLAGS, "");
        InspectedNode node = workers.node(daemon.name(), daemon.address().url(), flags);
        return new BuilderSummary(
                new Inspection(daemon.name(), Driver.BUILDKITD.render(), Optional.empty(), List.of(node)));
    }

    private Creation used(Creation creation) throws IOException {
        if (creation instanceof Creation.Created created) {
            store.become(created.builder().name());
        } else if (creation instanceof Creation.Reused reused) {
            store.become(reused.builder().name());
        }
        return creation;
    }

    /** Why a program of BuildKit's cannot be run. */
    public static BuilderFailure missing(String program, BuildkitPrograms programs) {
        List<String> looked =
                programs.places(program).stream().map(Path::toString).toList();
        return BuilderFailure.of(
                Reason.NO_BUILDKIT, "no " + program + " was found; looked for " + String.join(", ", looked));
    }

    private static Creation failed(BuilderFailure failure) {
        return new Creation.Failed(failure, List.of());
    }

    /** Notes that a builder ends with the job that this process is a part of, as {@code Builders.endsWithJob} does. */
    public void endsWithJob(String name, boolean keepState, List<String> withIt) {
        Optional<Daemon> daemon = store.read(name);
        Optional<BuilderJob> job = BuilderJob.here(files, keepState, withIt);
        try {
            if (daemon.isPresent() && job.isPresent()) {
                store.keep(daemon.get().endingWith(job.get()));
            }
        } catch (IOException e) {
            // its job removes it where that ends well
        }
    }

    /** Names of those whose maker or owner was killed, or whose job was cut off; nothing of them is of use to anybody. */
    public List<String> leftBehind() {
        return removal.leftBehind().stream().map(Daemon::name).toList();
    }

    /** Removes them, and no others. */
    public List<Removal> removeLeftBehind() throws InterruptedException {
        return removal.sweep();
    }

    /**
     * Removes a builder: ends its daemon and removes its directory, but for its cache where that is to be kept.
     */
    public Removal remove(String name, boolean keepState) throws InterruptedException {
        return removal.remove(name, keepState);
    }
}

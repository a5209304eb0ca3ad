package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.Classifier;
import io.buildkitci.failure.Evidence;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.BuildPlan;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Natively;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.PlainDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One build of an image under way. */
public final class BuildxRun implements ClientRun<Finished> {
    private final Tools tools;
    private final Builds builds;
    private final Builds.Ready ready;
    private final BuildPlan plan;
    private final Following following;
    private final CacheDirectories caches;
    private final OutputFiles outputs;
    private final SideTask<Capabilities> asked;
    private final Start start;
    private final Silence silence;
    private final List<String> troubles = new ArrayList<>();
    private boolean succeeded;

    /** Where it writes to, how it is shown, and since when. */
    record Start(Workspace workspace, Supplier<ProgressView> view, Redactor redactor, Instant began) {
        Path directory() {
            return workspace.path();
        }

        /** What is written outside of the directory goes with it, whatever becomes of this process. */
        void writesElsewhere(List<BuildPlan.DirectorySwap> swaps, List<Path> outputs) throws IOException {
            List<Path> elsewhere = new ArrayList<>(outputs);
            swaps.forEach(swap -> elsewhere.add(Path.of(swap.fresh())));
            if (!elsewhere.isEmpty()) {
                workspace.noteElsewhere(elsewhere);
            }
        }
    }

    BuildxRun(Tools tools, Builds builds, Builds.Ready ready, BuildPlan plan, Start start) {
        this.tools = tools;
        this.builds = builds;
        this.ready = ready;
        this.plan = plan;
        this.start = start;
        this.following = ready.capabilities().client() instanceof Capabilities.DockerBuild
                ? new Following(start.redactor(), start.view(), () -> new PlainDecoder(tools.clock()))
                : new Following(start.redactor(), start.view());
        this.caches = new CacheDirectories(tools.files());
        this.outputs = new OutputFiles(tools.files(), plan.staged(), Path.of(""));
        this.asked = SideTask.start(() -> builds.more(ready));
        this.silence = new Silence(tools.clock(), ready.request().patience().inactivity());
    }

    /**
     * What the client left; every text is masked.
     *
     * @param clientText what the client said besides progress, the last lines of it
     * @param answer what the client said on standard output: what {@code --call} asks for
     */
    record Ended(
            Outcome outcome,
            BuildTrace trace,
            List<String> clientText,
            List<String> answer,
            Metadata metadata,
            Optional<String> imageId) {}

    /** Mends caches that a killed run left and writes the files that the command reads. */
    void writeFiles() throws IOException {
        outputs.prepare(start.directory());
        troubles.addAll(caches.recover(plan.swaps(), start.directory()));
        start.writesElsewhere(plan.swaps(), outputs.fresh());
        outputs.lend();
        caches.lend(plan.swaps());
        Map<String, String> files = new TreeMap<>(plan.files());
        for (Map.Entry<String, String> file : files.entrySet()) {
            start.workspace().write(file.getKey(), file.getValue());
        }
    }

    @Override
    public Command command() {
        return Command.of(plan.argv()).withEnvironment(plan.environment());
    }

    @Override
    public List<String> files() {
        return List.of(RunPlace.METADATA, RunPlace.IMAGE_ID);
    }

    @Override
    public void line(Stream stream, String line) {
        silence.broken();
        following.line(stream, CacheDirectories.named(outputs.named(line), plan.swaps()));
    }

    @Override
    public Optional<Duration> stalled() {
        return silence.tooLong(following::soFar);
    }

    @Override
    public Finished end(Outcome outcome) throws InterruptedException {
        Metadata metadata = written(RunPlace.METADATA).map(Metadata::parse).orElse(Metadata.NONE);
        Ended ended = new Ended(
                outcome, following.trace(), following.clientText(), following.answer(), metadata, imageId(metadata));
        following.close();
        Optional<BuildFailure> undelivered = outcome.succeeded() ? outputs.deliver(builds.words()) : Optional.empty();
        succeeded = outcome.succeeded() && undelivered.isEmpty();
        troubles.addAll(succeeded ? caches.exchange(plan.swaps()) : List.of());
        Map<Platform, String> digests = succeeded ? builds.digests(ready, ended.metadata()) : Map.of();
        Capabilities capabilities = asked.result().orElse(ready.capabilities());
        return new Finished(
                ready.request(),
                capabilities,
                Optional.of(ended),
                outcome.succeeded() ? undelivered : failure(ended, capabilities),
                digests,
                notes(),
                Duration.between(start.began(), tools.clock().instant()));
    }

    /** buildx writes it; buildctl leaves it to be seen from the rest. */
    private Optional<String> imageId(Metadata metadata) {
        return ready.capabilities().client() instanceof Capabilities.Buildctl
                ? metadata.configDigest().or(metadata::digest)
                : written(RunPlace.IMAGE_ID).map(String::strip).filter(id -> !id.isEmpty());
    }

    private Optional<String> written(String name) {
        return tools.files().read(start.directory().resolve(name));
    }

    private Optional<BuildFailure> failure(Ended ended, Capabilities capabilities) throws InterruptedException {
        Optional<BuildFailure> failure =
                classified(ended, capabilities).map(found -> builds.vanished().told(found, ready));
        return failure.isPresent()
                ? Optional.of(new Remedies(tools.processes(), ready, tools.clock()).added(failure.get()))
                : failure;
    }

    private Optional<BuildFailure> classified(Ended ended, Capabilities capabilities) {
        return Finished.checks(ready.request(), ended)
                .failure(builds.words())
                .or(() -> new Classifier(builds.words())
                        .classify(TraceEvidence.of(ended, ready.request().platforms(), where(capabilities))
                                .waitingFor(silence.waiting())));
    }

    private Evidence.Where where(Capabilities capabilities) {
        BuilderFacts builder = capabilities.builder();
        Set<Platform> emulated = ready.request().platforms().stream()
                .filter(p -> Natively.of(p, builder.nodes()) == Natively.EMULATED)
                .collect(Collectors.toSet());
        Optional<Driver> driver = builder.driver();
        String client = capabilities.client() instanceof Capabilities.Buildctl ? "buildctl" : "buildx";
        return new Evidence.Where(builder.name(), driver, emulated, client);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(ready.notes());
        notes.addAll(plan.notes());
        notes.addAll(troubles);
        return notes;
    }

    @Override
    public void close() {
        asked.close();
        following.close();
        if (!succeeded) {
            caches.discard(plan.swaps());
            outputs.discard();
        }
    }
}

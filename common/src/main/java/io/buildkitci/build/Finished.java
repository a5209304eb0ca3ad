package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Patience;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Planned;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.words.HostWords;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of a build.
 *
 * @param ended what the client left; empty when it was not run
 * @param failure empty when the build did what was asked
 * @param digests by platform, read back from the registry
 * @param notes what a person should know besides
 * @param earlier runs that failed before this one, a sentence each
 * @param took from the first look at the builder to the last
 */
public record Finished(
        BuildRequest request,
        Capabilities capabilities,
        Optional<BuildxRun.Ended> ended,
        Optional<BuildFailure> failure,
        Map<Platform, String> digests,
        List<String> notes,
        List<String> earlier,
        Duration took)
        implements Ran<Finished> {
    public Finished {
        earlier = List.copyOf(earlier);
        digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
        notes = List.copyOf(notes);
    }

    /** Of a build that was run once. */
    Finished(
            BuildRequest request,
            Capabilities capabilities,
            Optional<BuildxRun.Ended> ended,
            Optional<BuildFailure> failure,
            Map<Platform, String> digests,
            List<String> notes,
            Duration took) {
        this(request, capabilities, ended, failure, digests, notes, List.of(), took);
    }

    @Override
    public Patience patience() {
        return request.patience();
    }

    @Override
    public Finished after(List<String> others) {
        return new Finished(request, capabilities, ended, failure, digests, notes, others, took);
    }

    @Override
    public Finished with(BuildFailure other) {
        return new Finished(request, capabilities, ended, Optional.of(other), digests, notes, earlier, took);
    }

    /** The same, where a person should know this. */
    Finished noting(List<String> others) {
        return new Finished(request, capabilities, ended, failure, digests, others, earlier, took);
    }

    /** What the build did; empty where it was not run. Its texts are masked. */
    public Optional<BuildTrace> trace() {
        return ended.map(BuildxRun.Ended::trace);
    }

    /** What buildx wrote of the image, as JSON; empty where it was not run or wrote nothing. */
    public Optional<String> metadataJson() {
        String json = ended.isPresent() ? ended.get().metadata().json() : Metadata.NONE.json();
        return json.equals(Metadata.NONE.json()) ? Optional.empty() : Optional.of(json);
    }

    /** What the checks of the Dockerfile answered, where they were asked for. */
    static CheckAnswer checks(BuildRequest request, BuildxRun.Ended ended) {
        return asksForChecks(request) ? CheckAnswer.parse(String.join("\n", ended.answer())) : CheckAnswer.NONE;
    }

    static boolean asksForChecks(BuildRequest request) {
        return request.source()
                .call()
                .filter(call -> call.startsWith("check") || call.startsWith("lint"))
                .isPresent();
    }

    /** The builder cannot do it; every reason is in the failure. */
    static Finished notRun(Builds.Ready ready, List<Planned.Obstacle> obstacles, HostWords words, Duration took) {
        String message = obstacles.stream().map(Planned.Obstacle::text).collect(Collectors.joining("; "));
        String advice =
                obstacles.stream().map(Planned.Obstacle::remedy).distinct().collect(Collectors.joining("; "));
        return failed(ready, failure(FailureCode.CAPABILITY_MISSING, message, advice, words), took);
    }

    static Finished noRoom(Builds.Ready ready, IOException why, HostWords words, Duration took) {
        return failed(ready, notWritten("files of this run could not be written: ", why, words), took);
    }

    static BuildFailure notWritten(String what, IOException why, HostWords words) {
        String advice = "Free or make writable the directory that the message names.";
        return failure(FailureCode.OUTPUT_FAILED, what + why.getMessage(), advice, words);
    }

    private static BuildFailure failure(FailureCode code, String message, String advice, HostWords words) {
        return new BuildFailure(code, message, Optional.empty(), Optional.empty(), List.of(), advice, code.help(words));
    }

    private static Finished failed(Builds.Ready ready, BuildFailure failure, Duration took) {
        return new Finished(
                ready.request(),
                ready.capabilities(),
                Optional.empty(),
                Optional.of(failure),
                Map.of(),
                List.of(),
                took);
    }
}

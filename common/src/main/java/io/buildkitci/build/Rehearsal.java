package io.buildkitci.build;

import io.buildkitci.console.PlainProgress;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.BuildPlanner;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.Buildx;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.TextReport;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A build that touches nothing, gone through on a thread of its own while the real one's inputs are read. A fresh JVM
 * links every call the first time it is made; what the rehearsal has made, the build finds done. See ADR 7.
 */
public final class Rehearsal {
    private static final String DIGEST = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String VERTEX = "{\"vertexes\":[{\"digest\":\"" + DIGEST
            + "\",\"name\":\"[linux/amd64 1/1] RUN true\",\"started\":\"2026-01-01T00:00:00.1Z\"%}]}";
    private static final List<String> LINES = List.of(
            VERTEX.replace("%", ""),
            "{\"statuses\":[{\"id\":\"pushing layers\",\"vertex\":\"" + DIGEST
                    + "\",\"current\":1,\"total\":1,\"timestamp\":\"2026-01-01T00:00:00.1Z\"}]}",
            "{\"logs\":[{\"vertex\":\"" + DIGEST
                    + "\",\"stream\":1,\"data\":\"b2sK\",\"timestamp\":\"2026-01-01T00:00:00.1Z\"}]}",
            VERTEX.replace("%", ",\"completed\":\"2026-01-01T00:00:00.2Z\",\"cached\":true"));

    private Rehearsal() {}

    /** Starts it; nobody has to wait for it, and nothing comes of it. */
    public static void beside(Supplier<TextReport> text) {
        Thread thread = new Thread(() -> run(text), "buildkit-ci-rehearsal");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((rehearsal, failure) -> {}); // it was only ever to be quicker
        thread.start();
    }

    /** @return what the report of nothing looks like, for a test */
    static String run(Supplier<TextReport> text) {
        Platform platform = new Platform("linux", "amd64", "");
        BuildRequest request = request(platform);
        Capabilities capabilities = new Capabilities(
                new Buildx(List.of("buildx"), Optional.empty()),
                new BuilderFacts("", Optional.of(Driver.DOCKER_CONTAINER), Optional.empty(), List.of()),
                Map.of());
        BuildPlanner.plan(request, capabilities, RunPlace.SHOWN);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (Following following = new Following(
                Redactor.NONE, () -> new PlainProgress(nowhere, InstantSource.system(), Redactor.NONE, false))) {
            LINES.forEach(line -> following.line(Stream.ERR, line));
            Metadata metadata = Metadata.parse("{\"containerimage.digest\":\"" + DIGEST + "\"}");
            BuildxRun.Ended ended = new BuildxRun.Ended(
                    new Outcome.Exited(0),
                    following.trace(),
                    following.clientText(),
                    following.answer(),
                    metadata,
                    Optional.of(DIGEST));
            Finished finished = new Finished(
                    request,
                    capabilities,
                    Optional.of(ended),
                    Optional.empty(),
                    Map.of(platform, DIGEST),
                    List.of(),
                    Duration.ofSeconds(1));
            return text.get().render(Reports.of(finished));
        }
    }

    private static BuildRequest request(Platform platform) {
        return new BuildRequest(
                new BuildRequest.Source(
                        ".",
                        Optional.of("Dockerfile"),
                        Optional.empty(),
                        List.of(new Setting("A", "b")),
                        List.of(),
                        Optional.empty()),
                List.of(platform),
                new BuildRequest.Naming(List.of(new ImageRef("localhost", "a", "1", "")), List.of(), List.of()),
                new BuildRequest.Delivery(true, false, List.of()),
                new BuildRequest.Caching(
                        Optional.empty(),
                        List.of(new CacheSpec("registry", Attributes.of("ref", "a"))),
                        List.of(),
                        false,
                        List.of(),
                        false),
                new BuildRequest.Handed(List.of(), List.of()),
                new BuildRequest.Attestations(Optional.empty(), Optional.empty(), List.of()),
                new BuildRequest.Sandbox(
                        List.of(), Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty()),
                Optional.empty());
    }
}

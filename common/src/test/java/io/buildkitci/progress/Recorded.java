package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What buildx wrote to standard error in real builds; the file names carry its version. */
public final class Recorded {
    public static final List<String> BUILDS = List.of(
            "bake-buildx-0.36.1",
            "cache-import-buildx-0.29.1",
            "cache-import-buildx-0.36.1",
            "cancelled-buildx-0.29.1",
            "cancelled-buildx-0.36.1",
            "cross-buildx-0.36.1",
            "failing-run-buildx-0.29.1",
            "failing-run-buildx-0.36.1",
            "large-buildx-0.36.1",
            "link-buildx-0.36.1",
            "lint-buildx-0.29.1",
            "lint-buildx-0.36.1",
            "load-buildx-0.36.1",
            "missing-base-buildx-0.36.1",
            "multi-cached-buildx-0.29.1",
            "multi-cached-buildx-0.36.1",
            "multi-push-buildx-0.29.1",
            "multi-push-buildx-0.36.1",
            "push-refused-buildx-0.36.1",
            "scratch-buildx-0.29.1",
            "scratch-buildx-0.36.1",
            "two-nodes-buildx-0.36.1");

    private Recorded() {}

    public static List<String> lines(String build) {
        try (InputStream in = Recorded.class.getResourceAsStream("/progress/" + build + ".jsonl")) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + build);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<ProgressLine> news(String build) {
        ProgressDecoder decoder = new ProgressDecoder();
        return lines(build).stream().map(decoder::decode);
    }

    public static BuildTrace trace(String build) {
        TraceRecorder recorder = new TraceRecorder(Redactor.NONE);
        news(build).forEach(recorder::record);
        recorder.finish();
        return recorder.snapshot();
    }
}

package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded from docker 20.10.24. */
class PlainDecoderTest {
    private static BuildTrace trace(List<String> lines) {
        Instant[] now = {Instant.ofEpochSecond(1000)};
        PlainDecoder decoder = new PlainDecoder(() -> now[0]);
        TraceRecorder recorder = new TraceRecorder(Redactor.NONE);
        for (String line : lines) {
            now[0] = now[0].plusMillis(100);
            recorder.record(decoder.decode(line));
        }
        recorder.finish();
        return recorder.snapshot();
    }

    private static List<String> recorded(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PlainDecoderTest.class.getResourceAsStream("/plain/" + name + "-docker-20.10.24.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Step step(BuildTrace trace, String part) {
        return trace.steps().stream()
                .filter(step -> step.name().text().contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsWhatRanAndWhatCameFromTheCache() throws IOException {
        BuildTrace first = trace(recorded("build"));
        BuildTrace second = trace(recorded("cached"));

        assertThat(first.counts()).isEqualTo(new StepCounts(3, 0, 3));
        assertThat(second.counts()).isEqualTo(new StepCounts(3, 3, 0));
        assertThat(step(first, "RUN echo hi").duration()).isEqualTo(Duration.ofMillis(1300));
        assertThat(step(first, "RUN echo hi").output()).containsExactly("hi 1");
        assertThat(first.failing()).isEmpty();
    }

    @Test
    void knowsTheStepThatFailed() throws IOException {
        BuildTrace trace = trace(recorded("failed"));

        assertThat(trace.failing()).singleElement().satisfies(step -> {
            assertThat(step.error())
                    .isEqualTo("process \"/bin/sh -c echo no; exit 42\" did not complete successfully: exit code: 42");
            assertThat(step.output()).containsExactly("no");
        });
    }

    @Test
    void aStepThatIsLeftAndTakenUpAgainIsOne() {
        BuildTrace trace = trace(List.of(
                "#5 [1/2] FROM x",
                "#5 ...",
                "",
                "#6 [2/2] RUN slow",
                "#6 0.100 one",
                "#6 ...",
                "#5 [1/2] FROM x",
                "#5 extracting sha256:1234 0.5s done",
                "#5 DONE 0.8s",
                "#6 [2/2] RUN slow",
                "#6 12.34 two: DONE",
                "#6 CANCELED"));

        assertThat(trace.steps()).hasSize(2);
        assertThat(step(trace, "RUN slow").output()).containsExactly("one", "two: DONE");
        assertThat(step(trace, "RUN slow").error()).isEqualTo("context canceled");
    }

    @Test
    void whatBelongsToNoStepIsText() {
        PlainDecoder decoder = new PlainDecoder(() -> Instant.EPOCH);

        assertThat(decoder.decode("Error response from daemon: no")).isInstanceOf(ProgressLine.Text.class);
        assertThat(decoder.decode("#not a number")).isInstanceOf(ProgressLine.Text.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverFails(long seed) {
        Random random = new Random(seed);
        String[] pieces = {
            "#", "1", "22", " ", "DONE", "CACHED", "ERROR", ": ", ".", "s", "sha256:", "[a 1/2]", "é", "{", "done"
        };
        PlainDecoder decoder = new PlainDecoder(() -> Instant.EPOCH);
        for (int i = 0; i < 2000; i++) {
            StringBuilder line = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(decoder.decode(line.toString())).isNotNull();
        }
    }
}

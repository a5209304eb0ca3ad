package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages as a builder sends them that imports a registry cache; recorded with buildx 0.36.1 and BuildKit 0.32.2. */
class CacheHitTest {
    private static final String HIT = vertex(
            "\"started\":\"2026-11-23T21:43:43.9549Z\",\"completed\":\"2026-11-23T21:43:43.9549Z\",\"cached\":true");
    private static final String AGAIN = vertex("\"started\":\"2026-11-23T21:43:43.9606Z\"");
    private static final String AGAIN_DONE =
            vertex("\"started\":\"2026-11-23T21:43:43.9606Z\",\"completed\":\"2026-11-23T21:43:44.1962Z\"");
    private static final String EXTRACTING =
            "{\"statuses\":[{\"id\":\"extracting sha256:96006e5e\",\"vertex\":\"sha256:aa\",\"current\":0,\"timestamp\":\"2026-11-23T21:43:44Z\",\"started\":\"2026-11-23T21:43:44Z\"}]}";
    private static final String OUTPUT =
            "{\"logs\":[{\"vertex\":\"sha256:aa\",\"stream\":1,\"data\":\"aGkK\",\"timestamp\":\"2026-11-23T21:43:44Z\"}]}";

    @Test
    void staysAHitWhenItsLayersAreFetchedLater() {
        assertThat(state(HIT, AGAIN, EXTRACTING, AGAIN_DONE)).isEqualTo(StepState.CACHED);
    }

    @Test
    void isNoHitWhenTheStepRanAfterAll() {
        assertThat(state(HIT, AGAIN, AGAIN_DONE)).isEqualTo(StepState.DONE);
        assertThat(state(HIT, AGAIN, EXTRACTING, OUTPUT, AGAIN_DONE)).isEqualTo(StepState.DONE);
    }

    @Test
    void isNoHitWhenTheLayersWereOfAnEarlierRun() {
        assertThat(state(AGAIN, EXTRACTING, AGAIN_DONE)).isEqualTo(StepState.DONE);
        assertThat(state(EXTRACTING, HIT, AGAIN, AGAIN_DONE)).isEqualTo(StepState.DONE);
    }

    private static StepState state(String... lines) {
        TraceRecorder recorder = new TraceRecorder(Redactor.NONE);
        ProgressDecoder decoder = new ProgressDecoder();
        List.of(lines).forEach(line -> recorder.record(decoder.decode(line)));
        return recorder.snapshot().steps().get(0).state();
    }

    private static String vertex(String more) {
        return "{\"vertexes\":[{\"digest\":\"sha256:aa\",\"name\":\"[base 2/2] WORKDIR /work\"," + more + "}]}";
    }
}

package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to buildx's lines on their way, reading them does not fail. */
class ProgressFuzzTest {
    private static final String ALPHABET = "{}[]\",:0123456789abcTZ-+.\\u \u0000\u00e4\ud83d\ude00";

    static List<String> builds() {
        return Recorded.BUILDS;
    }

    @ParameterizedTest
    @MethodSource("builds")
    void damagedRecordingsAreReadToTheEnd(String build) {
        Random random = new Random(build.hashCode());
        ProgressDecoder decoder = new ProgressDecoder();
        TraceRecorder recorder = new TraceRecorder(Redactor.of(List.of("busybox")));
        List<String> lines = Recorded.lines(build);

        for (int round = 0; round < 5; round++) {
            lines.forEach(line -> recorder.record(decoder.decode(damaged(line, random))));
        }
        recorder.finish();

        BuildTrace trace = recorder.snapshot();
        assertThat(trace.times()).isNotNull();
        assertThat(trace.counts().notReached()).isNotNegative();
        assertThat(trace.slowest(3)).hasSizeLessThanOrEqualTo(3);
        assertThat(trace.failing()).hasSizeLessThanOrEqualTo(trace.steps().size());
    }

    @Test
    void aLineThatWasCutAnywhereIsNeverShownAsText() {
        ProgressDecoder decoder = new ProgressDecoder();
        String line = Recorded.lines("failing-run-buildx-0.36.1").stream()
                .filter(l -> l.startsWith("{\"logs\""))
                .findFirst()
                .orElseThrow();

        for (int length = "{\"logs\":[".length(); length <= line.length(); length++) {
            assertThat(decoder.decode(line.substring(0, length)))
                    .as("the first %d characters", length)
                    .isInstanceOf(ProgressLine.Update.class);
        }
    }

    @Test
    void anyTextIsDecoded() {
        Random random = new Random(3);
        ProgressDecoder decoder = new ProgressDecoder();
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder(random.nextBoolean() ? "{\"vertexes\":[{" : "{");
            for (int i = random.nextInt(40); i > 0; i--) {
                line.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            assertThat(decoder.decode(line.toString())).isNotNull();
        }
    }

    @Test
    void deeplyNestedJsonIsNoTrouble() {
        String line = "{\"vertexes\":[{\"x\":" + "[".repeat(100_000);

        assertThat(new ProgressDecoder().decode(line)).isInstanceOf(ProgressLine.Update.class);
    }

    private static String damaged(String line, Random random) {
        StringBuilder damaged = new StringBuilder(line);
        for (int i = random.nextInt(4); i > 0 && damaged.length() > 0; i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.setLength(at);
                case 1 -> damaged.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(20)));
                default -> damaged.insert(at, damaged.substring(0, Math.min(damaged.length(), random.nextInt(60))));
            }
        }
        return damaged.toString();
    }
}

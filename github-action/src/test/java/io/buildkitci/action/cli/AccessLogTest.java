package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.json.PlainJson;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private static final Exchanged ONE =
            new Exchanged("10.0.0.7", "PUT", "blob", 201, 1_048_576, 0, Duration.ofMillis(7));

    private static PrintStream lines(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Test
    void eachRequestIsOneLineOfJson() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AccessLog log = new AccessLog(() -> Instant.ofEpochSecond(1_700_000_000), lines(out))) {
            log.accept(ONE);
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("{\"time\":\"2023-11-14T22:13:20Z\",\"remote\":\"10.0.0.7\",\"method\":\"PUT\","
                        + "\"route\":\"blob\",\"status\":201,\"received\":1048576,\"sent\":0,\"millis\":7}");
    }

    @Test
    void aReaderThatStopsHoldsNobodyUpAndIsToldWhatWasLost() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                taken.write(bytes, offset, count);
            }
        };
        try (AccessLog log = new AccessLog(Instant::now, lines(stuck))) {
            for (int i = 0; i < 10_500; i++) {
                log.accept(ONE);
            }
            goesOn.countDown();
            while (taken.toString(StandardCharsets.UTF_8).lines().count() < 10_000) {
                TimeUnit.MILLISECONDS.sleep(20); // it does not wait for long when it is closed
            }
        }
        List<PlainJson> lines = taken.toString(StandardCharsets.UTF_8)
                .lines()
                .map(PlainJson::parse)
                .toList();
        long lost =
                lines.stream().mapToLong(l -> l.wholeNumber("lost").orElse(0L)).sum();
        assertThat(lost).isBetween(499L, 500L);
    }
}

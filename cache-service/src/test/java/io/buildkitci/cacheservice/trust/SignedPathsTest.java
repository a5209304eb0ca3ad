package io.buildkitci.cacheservice.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.trust.SignedPaths.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedPathsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private final SignedPaths paths = at(NOW, "0123456789abcdef0123456789abcdef");

    private static SignedPaths at(Instant time, String secret) {
        return new SignedPaths(
                secret.getBytes(StandardCharsets.UTF_8), InstantSource.fixed(time), Duration.ofMinutes(10));
    }

    @Test
    void aPathIsForOneThingInOneDirection() {
        String path = paths.sign(Direction.DOWN, "an entry\0of main");
        assertThat(paths.verify(Direction.DOWN, path)).contains("an entry\0of main");
        assertThat(paths.verify(Direction.UP, path)).isEmpty();
        assertThat(paths.verify(Direction.UP, path.replaceFirst("down", "up"))).isEmpty();
    }

    @Test
    void aPathIsOverAfterMinutes() {
        String path = paths.sign(Direction.UP, "id");
        String secret = "0123456789abcdef0123456789abcdef";
        assertThat(at(NOW.plusSeconds(599), secret).verify(Direction.UP, path)).isPresent();
        assertThat(at(NOW.plusSeconds(601), secret).verify(Direction.UP, path)).isEmpty();
    }

    @Test
    void aPathOfAnotherServiceIsNone() {
        String path = at(NOW, "another secret of thirty-two bytes").sign(Direction.UP, "id");
        assertThat(paths.verify(Direction.UP, path)).isEmpty();
    }

    @Test
    void noChangeOfItCountsAndNoneMakesItThrow() {
        Random random = new Random(3);
        String path = paths.sign(Direction.UP, "id");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(path);
            text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(100)));
            if (!text.toString().equals(path)) {
                assertThat(paths.verify(Direction.UP, text.toString()))
                        .as(text.toString())
                        .isEmpty();
            }
        }
    }
}

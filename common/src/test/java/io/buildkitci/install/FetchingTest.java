package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.InstallFailure.Stop;
import io.buildkitci.install.ReleaseServer.Answers;
import io.buildkitci.local.LocalWeb;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:40:10Z");

    private final ReleaseServer server = new ReleaseServer().page("/list", "[]");
    private final List<Duration> pauses = new ArrayList<>();
    private final Fetching fetching =
            new Fetching(new LocalWeb(Map.of()), pauses::add, InstantSource.fixed(NOW), line -> {});

    @AfterEach
    void stop() {
        server.close();
    }

    private URI list() {
        return URI.create(server.address() + "/list");
    }

    private InstallFailure failure() {
        return catchThrowableOfType(Stop.class, () -> fetching.text(list(), Optional.empty()))
                .failure();
    }

    private static Answers spent(int status, Instant until) {
        return new Answers(
                status,
                Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", String.valueOf(until.getEpochSecond())));
    }

    @Test
    void pausesGrowUntilItGivesUp() {
        Answers busy = new Answers(503, Map.of());
        server.trouble("/list", busy, busy, busy, busy, busy);

        assertThat(failure().text()).isEqualTo(list() + " was not to be had: it answered with status 503, 5 times");
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void aServerMaySayHowLongToWait() throws Exception {
        server.trouble("/list", new Answers(429, Map.of("Retry-After", "7")));

        assertThat(fetching.text(list(), Optional.empty())).isEqualTo("[]");
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aShortRestOfALimitIsWaitedFor() throws Exception {
        server.trouble("/list", spent(403, NOW.plusSeconds(20)));

        assertThat(fetching.text(list(), Optional.empty())).isEqualTo("[]");
        assertThat(pauses).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void aSpentLimitSaysWhenToComeBackAndThatATokenHelps() {
        server.trouble("/list", spent(403, Instant.parse("2026-11-30T13:02:00Z")));

        InstallFailure failure = failure();

        assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(failure.text())
                .isEqualTo("localhost answers no more questions from here until 13:02 UTC, in 22 min");
        assertThat(failure.advice()).contains("GITHUB_TOKEN");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aLongRetryAfterIsALimitToo() {
        server.trouble("/list", new Answers(429, Map.of("Retry-After", "3600")));

        assertThat(failure().text()).contains("until 13:40 UTC, in 61 min");
    }

    @Test
    void aRefusalForAnotherReasonIsNoLimit() {
        server.trouble("/list", new Answers(403, Map.of("X-RateLimit-Remaining", "17")));

        assertThat(failure().reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void whatIsNotThereIsNotAskedForAgain() throws Exception {
        assertThat(fetching.textIfThere(URI.create(server.address() + "/none"), Optional.empty()))
                .isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void nobodyThereIsTriedAgainAndNamed() {
        server.close();

        assertThat(failure().text()).contains(list().toString(), "5 times");
        assertThat(pauses).hasSize(4);
    }
}

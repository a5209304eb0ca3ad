package io.buildkitci.install;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.InstallFailure.Stop;
import io.buildkitci.process.Web;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks servers until they answer: what may be better the next time is tried again, with a longer pause each time. */
final class Fetching {
    private static final int TRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int LARGEST_TEXT = 32 * 1024 * 1024;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Web web;
    private final Pause pause;
    private final InstantSource clock;
    private final Consumer<String> log;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** What is done with what a server sends; an exception of the stream means that it is tried again. */
    @FunctionalInterface
    interface Sink<T> {
        T take(InputStream content) throws IOException, Stop;
    }

    /** @param log told of every new try */
    Fetching(Web web, Pause pause, InstantSource clock, Consumer<String> log) {
        this.web = web;
        this.pause = pause;
        this.clock = clock;
        this.log = log;
    }

    /** A text that has to be there. */
    String text(URI address, Optional<String> token) throws Stop, InterruptedException {
        return textIfThere(address, token).orElseThrow(() -> notFound(address));
    }

    /** A text; empty when the server says that there is none. */
    Optional<String> textIfThere(URI address, Optional<String> token) throws Stop, InterruptedException {
        return get(address, token, content -> new String(content.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8));
    }

    /** Whatever is at an address; empty when the server says that there is nothing. */
    <T> Optional<T> get(URI address, Optional<String> token, Sink<T> sink) throws Stop, InterruptedException {
        for (int turn = 1; ; turn++) {
            Duration wait;
            String why;
            try (Web.Reply reply = web.get(address, headers(token))) {
                int status = reply.status();
                if (status == 200) {
                    return Optional.of(sink.take(reply.content()));
                }
                if (status == 404 || status == 410) {
                    return Optional.empty();
                }
                why = "it answered with status " + status;
                wait = pause(address, status, reply, turn);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                why = e.getMessage() == null ? e.toString() : e.getMessage();
                wait = exponential(turn);
            }
            if (turn == TRIES) {
                throw unreachable(address, why + ", " + TRIES + " times");
            }
            log.accept(address + ": " + why + "; trying again in " + Math.max(1, wait.toSeconds()) + " s");
            pause.of(wait);
        }
    }

    /** How long to wait before the next try; none where trying again is of no use. */
    private Duration pause(URI address, int status, Web.Reply reply, int turn) throws Stop {
        Optional<Instant> until = reopens(status, reply);
        if (until.isPresent()) {
            Duration rest = Duration.between(clock.instant(), until.get());
            if (rest.compareTo(LONGEST_PAUSE) > 0) {
                throw limited(address, until.get(), rest);
            }
            return rest.isNegative() ? exponential(turn) : rest;
        }
        if (status != 408 && status != 429 && status < 500) {
            throw unreachable(address, "it answered with status " + status);
        }
        return exponential(turn);
    }

    /** When a server that has had enough of our questions takes more. */
    private Optional<Instant> reopens(int status, Web.Reply reply) {
        Optional<Instant> after =
                seconds(reply, "retry-after").map(seconds -> clock.instant().plusSeconds(seconds));
        boolean refused = status == 429 || status == 403;
        boolean spent = refused
                && seconds(reply, "x-ratelimit-remaining").filter(n -> n == 0).isPresent();
        return after.isPresent() || !spent
                ? after
                : seconds(reply, "x-ratelimit-reset").map(Instant::ofEpochSecond);
    }

    private static Optional<Long> seconds(Web.Reply reply, String header) {
        return reply.header(header)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::valueOf);
    }

    private static Duration exponential(int turn) {
        return Duration.ofSeconds(1L << (turn - 1));
    }

    private static Map<String, String> headers(Optional<String> token) {
        Map<String, String> headers = new LinkedHashMap<>();
        token.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
        return headers;
    }

    static Stop notFound(URI address) {
        return new Stop(
                Reason.NOT_PUBLISHED,
                "there is nothing at " + address,
                "check the release and, where there is one, the mirror");
    }

    private static Stop unreachable(URI address, String why) {
        return new Stop(
                Reason.UNREACHABLE,
                address + " was not to be had: " + why,
                "try again, or name a mirror that is reached from here; a proxy is taken from HTTPS_PROXY");
    }

    private static Stop limited(URI address, Instant until, Duration rest) {
        return new Stop(
                Reason.RATE_LIMITED,
                address.getHost() + " answers no more questions from here until " + CLOCK.format(until) + ", in "
                        + (rest.toMinutes() + 1) + " min",
                "come back then, or set GITHUB_TOKEN, with which many more are answered, or name the exact release");
    }
}

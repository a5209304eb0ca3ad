package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.cacheservice.trust.Grant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A few exports and imports of noise after a start, so that Java has loaded and compiled what is used often before the first
 * builder comes, whose export takes twice as long otherwise. They go to a second service with a directory, a secret and a port
 * of its own: nothing of it is in the numbers, tokens or log of the first. It is over after seconds, or when a builder comes.
 */
public final class Rehearsal implements AutoCloseable {
    static final String DIRECTORY = "rehearsal";

    /** After as many, the first export takes half the CPU that it takes after none; twice as many gain little more. */
    static final int ROUNDS = 20;

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final long ROOM = 64 << 20;
    private static final Set<String> WORK = Set.of("twirp", "artifact_cache", "blob");
    private static final Grant GRANT =
            Grant.ofBranch("rehearsal", "refs/heads/main", Optional.empty(), Optional.empty());

    private final Settings settings;
    private final InstantSource clock;
    private final IntFunction<byte[]> random;
    private final Thread thread = new Thread(this::run, "buildkit-ci-cache-rehearsal");
    private volatile boolean over;

    /**
     * @param rehearsed of the service that it is for, in whose directory it has one of its own for as long as it lasts
     * @param random so many bytes that nobody can know beforehand
     */
    public Rehearsal(Settings rehearsed, InstantSource clock, IntFunction<byte[]> random) {
        this.settings = new Settings(
                rehearsed.directory().resolve(DIRECTORY),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Limits.of(ROOM, ROOM),
                rehearsed.tls(),
                Optional.empty());
        this.clock = clock;
        this.random = random;
        thread.setDaemon(true);
    }

    /** Goes on beside; of a service that runs, for two of them in one directory would be in each other's way. */
    public void begin() {
        thread.start();
    }

    /** Ends soon where a builder has come: the machine is theirs. */
    public void makeWay(Exchanged exchanged) {
        if (WORK.contains(exchanged.route())) {
            over = true;
        }
    }

    /** @return how many rounds there were; where something does not work, the service is as good without */
    int run() {
        int rounds = 0;
        try {
            remove(); // what one that was killed left
            try (CacheService service = CacheService.start(settings, clock, random, exchanged -> {})) {
                StandInBuilder builder = builder(service);
                long began = System.nanoTime();
                while (!over && rounds < ROUNDS && System.nanoTime() - began < LONGEST.toNanos()) {
                    builder.exportAndImport();
                    rounds++;
                }
            } finally {
                remove();
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(Rehearsal.class.getName())
                    .log(System.Logger.Level.DEBUG, "the rehearsal was broken off", e);
        }
        return rounds;
    }

    private StandInBuilder builder(CacheService service) throws IOException {
        String token = service.mint(GRANT, TOKEN_LIFE);
        String authority = service.address().getAddress().getHostAddress() + ":"
                + service.address().getPort();
        return settings.tls().isPresent()
                ? new StandInBuilder(
                        "https://" + authority,
                        token,
                        Pinned.context(Pinned.fingerprint(settings.tls().get())),
                        random)
                : new StandInBuilder("http://" + authority, token, Pinned.context(""), random);
    }

    private void remove() throws IOException {
        if (!Files.exists(settings.directory())) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(settings.directory())) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    /** Ends it, and waits until nothing of it is left. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

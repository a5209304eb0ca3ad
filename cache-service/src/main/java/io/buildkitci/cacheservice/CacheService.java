package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.http.CacheServer;
import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.KeptRevocations;
import io.buildkitci.cacheservice.trust.SignedPaths;
import io.buildkitci.cacheservice.trust.Tokens;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A cache service that runs: its store, its tokens, and the server that both are reached by. */
public final class CacheService implements AutoCloseable {
    private static final Duration ADDRESS_LIFE = Duration.ofMinutes(10);
    private static final int COLLECT_MINUTES = 10;
    private static final int ID_BYTES = 16;

    /** To remove a file takes tenths of a second; what is not removed by then, the next start removes. */
    private static final Duration LAST_REMOVALS = Duration.ofSeconds(2);

    private final CacheStore store;
    private final KeptRevocations revocations;
    private final Tokens tokens;
    private final BuildPasses passes;
    private final CacheServer server;
    private final Path running;
    private final IntFunction<byte[]> random;
    private final ScheduledExecutorService aside;
    private final Future<?> collecting;

    private CacheService(
            CacheStore store,
            KeptRevocations revocations,
            Tokens tokens,
            BuildPasses passes,
            CacheServer server,
            Path running,
            IntFunction<byte[]> random,
            ScheduledExecutorService aside) {
        this.store = store;
        this.revocations = revocations;
        this.tokens = tokens;
        this.passes = passes;
        this.server = server;
        this.running = running;
        this.random = random;
        this.aside = aside;
        this.collecting =
                aside.scheduleWithFixedDelay(this::collect, COLLECT_MINUTES, COLLECT_MINUTES, TimeUnit.MINUTES);
    }

    /**
     * Starts one; it answers when this returns.
     *
     * @param random so many bytes that nobody can know beforehand
     * @param log told every request that was answered, from several threads
     * @throws IOException whose message says what to mend
     */
    public static CacheService start(
            Settings settings, InstantSource clock, IntFunction<byte[]> random, Consumer<Exchanged> log)
            throws IOException {
        Path directory = Files.createDirectories(settings.directory());
        byte[] secret = settings.secretFile().isPresent()
                ? Secret.read(settings.secretFile().get())
                : Secret.of(directory, random);
        Optional<SslContext> tls =
                settings.tls().isPresent() ? Optional.of(tls(settings.tls().get())) : Optional.empty();
        String certificate =
                settings.tls().isPresent() ? Pinned.fingerprint(settings.tls().get()) : "";
        ScheduledExecutorService aside = aside();
        CacheStore store = CacheStore.open(directory, settings.limits(), clock, () -> id(random), aside);
        try {
            KeptRevocations revocations = KeptRevocations.open(directory.resolve("revoked.mv"), clock);
            try {
                Tokens tokens = new Tokens(secret, clock, revocations);
                SignedPaths paths = new SignedPaths(secret, clock, ADDRESS_LIFE);
                BuildPasses passes = new BuildPasses(tokens, paths, clock, () -> id(random));
                CacheServer server = CacheServer.start(
                        settings.listen(),
                        new CacheServer.Setup(
                                store, tokens, paths, passes, () -> id(random), adminToken(secret, clock), tls, log));
                Path running = directory.resolve(Upkeep.RUNNING);
                String scheme = tls.isPresent() ? "https" : "http";
                Files.deleteIfExists(running);
                String base = scheme + "://" + reachable(server.address());
                Secret.write(running, Upkeep.note(base, adminToken(secret, clock), certificate));
                return new CacheService(store, revocations, tokens, passes, server, running, random, aside);
            } catch (IOException | RuntimeException e) {
                revocations.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            store.close();
            aside.shutdown();
            throw e;
        }
    }

    /** Threads for what nobody waits for. They are never interrupted, which would close the files that they have open. */
    private static ScheduledExecutorService aside() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger last = new AtomicInteger();
        return Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, "buildkit-ci-cache-aside-" + last.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static SslContext tls(Settings.Tls tls) throws IOException {
        if (tls instanceof Settings.Keys inMemory) {
            return SslContextBuilder.forServer(inMemory.keys()).build();
        }
        return PemPair.context((Settings.PemFiles) tls);
    }

    /** What whoever has the service's secret bears to ask for its numbers. */
    static String adminToken(byte[] secret, InstantSource clock) {
        return new SignedPaths(secret, clock, Duration.ZERO).mark("admin");
    }

    /** From this machine. */
    private static String reachable(InetSocketAddress address) {
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        String text = host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
        return text + ":" + address.getPort();
    }

    private static String id(IntFunction<byte[]> random) {
        return HexFormat.of().formatHex(random.apply(ID_BYTES));
    }

    private void collect() {
        try {
            store.collect();
        } catch (IOException e) {
            System.getLogger(CacheService.class.getName())
                    .log(System.Logger.Level.WARNING, "leftovers could not be removed", e);
        }
    }

    public CacheStore store() {
        return store;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Makes and ends what builds have of it. */
    public BuildPasses passes() {
        return passes;
    }

    private void endAside() {
        aside.shutdown();
        try {
            aside.awaitTermination(LAST_REMOVALS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A token that lasts. */
    public String mint(Grant grant, Duration life) {
        return tokens.mint(id(random), grant, life);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Lets requests under way end, then closes all: from then on it touches its directory no more. */
    @Override
    public void close() {
        server.close();
        collecting.cancel(false);
        endAside();
        try {
            Files.deleteIfExists(running);
        } catch (IOException e) {
            // the next start replaces it
        }
        store.close();
        revocations.close();
    }
}

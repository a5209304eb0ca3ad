package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.local.Unguessable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A service in a test, with a clock that can be put forward. */
final class Served implements AutoCloseable {
    static final Grant MAIN = Grant.ofBranch("job", "refs/heads/main", Optional.empty(), Optional.empty());
    static final Duration LIFE = Duration.ofMinutes(5);

    private final Path directory;
    private final Limits limits;
    private final Optional<Settings.Tls> tls;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final List<Exchanged> exchanged = new CopyOnWriteArrayList<>();
    private CacheService service;

    Served(Path directory, Limits limits, Optional<Settings.Tls> tls) throws IOException {
        this.directory = directory;
        this.limits = limits;
        this.tls = tls;
        this.service = start();
    }

    static Served in(Path directory) throws IOException {
        return new Served(directory, Limits.of(1 << 26, 1 << 26), Optional.empty());
    }

    private CacheService start() throws IOException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        InstantSource clock = () -> Instant.now().plus(ahead.get());
        return CacheService.start(
                new Settings(directory, anywhere, limits, tls, Optional.empty()),
                clock,
                Unguessable::bytes,
                exchanged::add);
    }

    void again() throws IOException {
        service.close();
        service = start();
    }

    CacheService service() {
        return service;
    }

    List<Exchanged> exchanged() {
        return exchanged;
    }

    void later(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    String base() {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:"
                + service.address().getPort();
    }

    Caller bearer(Grant grant) {
        return bearer(service.mint(grant, LIFE));
    }

    Caller bearer(String token) {
        return new Caller(base(), token);
    }

    byte[] secret() throws IOException {
        return Files.readString(directory.resolve("secret")).strip().getBytes(StandardCharsets.UTF_8);
    }

    String ownersToken() throws IOException {
        return CacheService.adminToken(secret(), InstantSource.system());
    }

    /** The file of a content. */
    Path file(byte[] content) {
        String key = Caller.blobKey(content);
        String sha256 = key.substring(key.indexOf(':') + 1);
        return directory.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Sends these bytes over a connection of their own; what comes back until it closes, or nothing comes for long. */
    byte[] raw(byte[] request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return in.readNBytes(1 << 16);
        } catch (SocketException e) {
            return new byte[0]; // it was closed before all of it was sent
        }
    }

    static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        service.close();
    }
}

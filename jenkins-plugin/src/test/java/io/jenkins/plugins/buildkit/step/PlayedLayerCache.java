package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cacheservice.CacheService;
import io.buildkitci.cacheservice.Settings;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.local.Unguessable;
import io.buildkitci.model.CachePass;
import io.jenkins.plugins.buildkit.cache.LayerCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A layer cache of a controller that a test plays: a real service, and the passes that it gave. */
final class PlayedLayerCache implements LayerCache, AutoCloseable {
    private final CacheService service;
    private final List<CachePass> given = new CopyOnWriteArrayList<>();
    private volatile Optional<CachePasses.Answer> instead = Optional.empty();

    private PlayedLayerCache(CacheService service) {
        this.service = service;
    }

    static PlayedLayerCache in(Path directory) throws IOException {
        return new PlayedLayerCache(CacheService.start(
                new Settings(
                        directory,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Limits.of(1 << 28, 1 << 28),
                        Optional.empty(),
                        Optional.empty()),
                InstantSource.system(),
                Unguessable::bytes,
                exchanged -> {}));
    }

    /** From now on it answers so. */
    void answer(CachePasses.Answer answer) {
        instead = Optional.of(answer);
    }

    @Override
    public CachePasses.Answer open(Run<?, ?> run) {
        if (instead.isPresent()) {
            return instead.get();
        }
        String address = "http://127.0.0.1:" + service.address().getPort();
        Grant grant = Grant.ofBranch(run.getParent().getFullName(), "main", Optional.empty(), Optional.empty());
        CachePass pass = service.passes().open(grant, List.of("http://127.0.0.1:1", address));
        given.add(pass);
        return new CachePasses.Granted(pass);
    }

    @Override
    public void end(CachePass pass) {
        service.passes().end(pass);
    }

    List<CachePass> given() {
        return given;
    }

    /** Every token that it gave, of builds that are over or not. */
    List<String> tokens() {
        return given.stream()
                .flatMap(pass -> java.util.stream.Stream.of(
                        pass.read().reveal(), pass.write().orElseThrow().reveal()))
                .toList();
    }

    /** Whether a token is good. */
    boolean takes(String token) {
        return service.tokens().check(token) instanceof io.buildkitci.cacheservice.trust.Tokens.Good;
    }

    long bytes() {
        return service.store().stats().totals().bytes();
    }

    @Override
    public void close() {
        service.close();
    }
}

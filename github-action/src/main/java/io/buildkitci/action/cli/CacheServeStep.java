package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.cacheservice.CacheService;
import io.buildkitci.cacheservice.Rehearsal;
import io.buildkitci.cacheservice.Settings;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.CacheServiceInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.model.CacheServeRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** {@code cache serve}: a layer cache for builders, until it is asked to end. */
final class CacheServeStep implements Step {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    private final IntFunction<byte[]> random;

    /** @param random so many bytes that nobody can know beforehand */
    CacheServeStep(IntFunction<byte[]> random) {
        this.random = random;
    }

    @Override
    public InputTable table() {
        return CacheServiceInputs.SERVE;
    }

    @Override
    public String description() {
        return "Runs a layer cache that builders use as type=gha, until it is asked to end; see docs/cache.md.";
    }

    @Override
    public String example() {
        return "buildkit-ci cache serve --dir /var/lib/buildkit-ci-cache --listen 0.0.0.0:8321 --quota 200GiB";
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        return Checking.then(
                invocation,
                table().step(),
                CacheServiceInputs.checkServe(
                        invocation.inputs(), invocation.host().outside()),
                request -> serve(request, invocation.host()));
    }

    private int serve(CacheServeRequest request, Host host) throws InterruptedException {
        InstantSource clock = host.tools().clock();
        System.setProperty(FORMAT, System.getProperty(FORMAT, "%1$tFT%1$tT%1$tz %4$s: %5$s%6$s%n")); // a line each
        try (AccessLog log = new AccessLog(clock, host.out());
                Rehearsal rehearsal = new Rehearsal(settings(request), clock, random);
                CacheService service =
                        CacheService.start(settings(request), clock, random, log.andThen(rehearsal::makeWay))) {
            String scheme = request.tls().isPresent() ? "https" : "http";
            host.err()
                    .println("cache      " + scheme + "://" + request.host() + ":"
                            + service.address().getPort() + ", kept in " + request.directory());
            rehearsal.begin();
            new CountDownLatch(1).await();
            return Blame.BUILT;
        } catch (IOException e) {
            host.err().println("cache serve: " + e.getMessage());
            return Blame.ENVIRONMENT.exitCode();
        }
    }

    private static Settings settings(CacheServeRequest request) {
        return new Settings(
                Path.of(request.directory()),
                new InetSocketAddress(request.host(), request.port()),
                Limits.of(request.quota(), request.namespaceQuota()),
                request.tls().map(tls -> new Settings.PemFiles(Path.of(tls.chain()), Path.of(tls.key()))),
                request.secretFile().map(Path::of));
    }
}

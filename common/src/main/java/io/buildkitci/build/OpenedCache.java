package io.buildkitci.build;

import io.buildkitci.cache.CacheExpansion;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.cache.ServiceEntries;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.ServiceCache;
import io.buildkitci.words.HostWords;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The cache service of one build, from its pass to its end: closing this ends the pass. */
public final class OpenedCache implements AutoCloseable {
    private final Builds.Ready ready;
    private final Optional<CachePass> pass;
    private final Consumer<CachePass> end;

    private OpenedCache(Builds.Ready ready, Optional<CachePass> pass, Consumer<CachePass> end) {
        this.ready = ready;
        this.pass = pass;
        this.end = end;
    }

    /** For a build without such a cache. */
    static OpenedCache none(Builds.Ready ready) {
        return new OpenedCache(ready, Optional.empty(), pass -> {});
    }

    static OpenedCache open(
            Builds.Ready ready, CacheScope scope, CachePasses.Answer answer, Opening opening, HostWords words)
            throws InterruptedException {
        if (answer instanceof CachePasses.Near near) {
            ServiceCache service = new ServiceCache(near.pass().addresses().get(0), near.pass());
            return new OpenedCache(bound(ready, scope, service), Optional.of(near.pass()), opening.end());
        }
        if (answer instanceof CachePasses.Granted granted) {
            return granted(ready, scope, granted.pass(), opening, words);
        }
        String why = answer instanceof CachePasses.Unavailable unavailable
                ? unavailable.reason() + "; " + unavailable.remedy()
                : ((CachePasses.Missing) answer).reason() + "; " + ((CachePasses.Missing) answer).remedy();
        return none(without(ready, words, why));
    }

    /** How an address is found, and how a pass is ended. */
    record Opening(ServiceProbe probe, Consumer<CachePass> end) {}

    private static OpenedCache granted(
            Builds.Ready ready, CacheScope scope, CachePass pass, Opening opening, HostWords words)
            throws InterruptedException {
        boolean opened = false;
        try {
            Optional<String> address = opening.probe().find(ready, pass);
            if (address.isEmpty()) {
                return none(without(ready, words, unreachable(ready, pass)));
            }
            Builds.Ready bound = bound(ready, scope, new ServiceCache(address.get(), pass));
            opened = true;
            return new OpenedCache(bound, Optional.of(pass), opening.end());
        } finally {
            if (!opened) {
                opening.end().accept(pass);
            }
        }
    }

    /** The same request with a service. */
    static BuildRequest bound(BuildRequest request, CacheScope scope, ServiceCache service) {
        CacheExpansion.Sides sides = ServiceEntries.of(service, scope);
        return request.withCaching(request.caching().with(sides.from(), sides.to(), service));
    }

    private static Builds.Ready bound(Builds.Ready ready, CacheScope scope, ServiceCache service) {
        BuildRequest bound = bound(ready.request(), scope, service);
        return service.pass().write().isPresent()
                ? new Builds.Ready(bound, ready.capabilities(), ready.notes())
                : ready.with(bound, "the cache service is only read: the token does not write");
    }

    private static Builds.Ready without(Builds.Ready ready, HostWords words, String why) {
        BuildRequest request = ready.request();
        return ready.with(
                request.withCaching(request.caching().with(List.of(), List.of())),
                "built without " + words.input("cache") + ": " + why);
    }

    private static String unreachable(Builds.Ready ready, CachePass pass) {
        String name = ready.capabilities().builder().name();
        boolean secure = pass.addresses().get(0).startsWith("https:");
        return "builder '" + name + "' does not reach the service at " + String.join(" or ", pass.addresses())
                + "; let the service listen at an address that the builder reaches, and name that one"
                + (secure ? "; the builder has to trust its certificate, too" : "");
    }

    /** What is to be built: with the service, or without a cache and a note that says why. */
    public Builds.Ready ready() {
        return ready;
    }

    /** The service that is used; empty for none. */
    public Optional<ServiceCache> service() {
        return ready.request().caching().service();
    }

    @Override
    public void close() {
        pass.ifPresent(end);
    }
}

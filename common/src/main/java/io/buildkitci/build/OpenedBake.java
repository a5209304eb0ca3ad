package io.buildkitci.build;

import io.buildkitci.input.Problem;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ServiceCache;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Targets of a definition with the cache service that they share, from its pass to its end: closing this ends the pass.
 *
 * @param ready what is to be built: with the service, or without a cache and a note that says why
 * @param cache the service, as one of the targets uses it
 */
public record OpenedBake(Bakes.Ready ready, OpenedCache cache) implements AutoCloseable {
    /** What is asked of the service, and of the builder for its address, is the same for every target. */
    static OpenedBake open(Builds builds, Bakes.Ready ready, Builds.Asking asks, Consumer<CachePass> end)
            throws InterruptedException {
        Map.Entry<String, BuildRequest> one = ready.targets().entrySet().stream()
                .filter(target -> target.getValue().caching().needsPass())
                .findFirst()
                .orElseGet(() -> ready.targets().entrySet().iterator().next());
        OpenedCache cache = builds.open(ready.alone(one.getValue()), ready.scope(one.getKey()), asks, end);
        return new OpenedBake(again(ready, cache.service(), cache.ready().notes()), cache);
    }

    /**
     * The same targets with the cache service that they were begun with, in another process.
     *
     * @param service empty where they were begun without
     * @param notes what was noted of it then
     */
    public static Bakes.Ready again(Bakes.Ready ready, Optional<ServiceCache> service, List<String> notes) {
        Bakes.Ready same =
                ready.with((name, target) -> Builds.again(ready.alone(target), ready.scope(name), service, notes)
                        .request());
        return new Bakes.Ready(
                same.plan(),
                ready.scopes(),
                ready.capabilities(),
                ready.definition(),
                Stream.concat(ready.notes().stream(), notes.stream()).toList());
    }

    /**
     * What buildx would complete with the service's address and tokens, which are variables for all targets: where it reads,
     * the builder would keep the token that writes.
     */
    static List<Problem> inTheWay(Map<String, BuildRequest> targets, HostWords words) {
        List<Problem> problems = new ArrayList<>();
        if (targets.values().stream().anyMatch(target -> target.caching().needsPass())) {
            targets.forEach((name, target) -> {
                if (isCompleted(target.caching())) {
                    problems.add(new Problem(
                            "target '" + name + "'",
                            "",
                            "has a cache of type=gha without an address or a token, and buildx would take the service's"
                                    + "\n-> write both to it, or leave the cache of this target to "
                                    + words.input("cache")));
                }
            });
        }
        return problems;
    }

    private static boolean isCompleted(BuildRequest.Caching caching) {
        return !caching.needsPass()
                && Stream.concat(caching.from().stream(), caching.to().stream()).anyMatch(OpenedBake::isCompleted);
    }

    private static boolean isCompleted(CacheSpec cache) {
        Set<String> given = cache.attributes().values().keySet();
        return cache.type().equals("gha")
                && !(given.contains("token") && (given.contains("url") || given.contains("url_v2")));
    }

    @Override
    public void close() {
        cache.close();
    }
}

package io.buildkitci.input;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Naming;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.CacheShorthand.Kind;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold between the other inputs of a build. */
final class BuildRules {
    private final BuildRequest request;
    private final InputReader in;

    private BuildRules(BuildRequest request, InputReader in) {
        this.request = request;
        this.in = in;
    }

    static void check(BuildRequest request, InputReader in) {
        BuildRules rules = new BuildRules(request, in);
        rules.eachPlatformOnce();
        rules.eachTagOnce();
        rules.oneWayToCache();
        rules.theShorthandHasAPlace();
        aServiceTakesAToken(request.caching().shorthand(), in);
    }

    private void eachPlatformOnce() {
        Set<Platform> seen = new HashSet<>();
        for (Platform platform : request.platforms()) {
            if (!seen.add(platform)) {
                in.problem("platforms", platform.render(), "is given twice (other spellings count); name it once");
            }
        }
    }

    private void eachTagOnce() {
        Set<ImageRef> seen = new HashSet<>();
        for (ImageRef tag : request.naming().tags()) {
            if (!seen.add(tag)) {
                in.notice("tags", "'" + tag.render() + "' is given twice");
            }
        }
    }

    private void oneWayToCache() {
        Optional<Kind> kind = request.caching().shorthand().map(CacheShorthand::kind);
        if (kind.isEmpty() || kind.get() == Kind.NONE) {
            return;
        }
        for (String input : List.of("cache-from", "cache-to")) {
            if (in.isGiven(input)) {
                in.problem(input, "", "given beside " + in.word("cache") + ", which stands for both sides; drop one");
            }
        }
        if (request.caching().noCache()) {
            in.notice("no-cache", "nothing is read from " + in.word("cache") + "; it is only written");
        }
    }

    private void theShorthandHasAPlace() {
        Optional<CacheShorthand> shorthand = request.caching().shorthand();
        Optional<Kind> kind = shorthand.map(CacheShorthand::kind);
        boolean tagged = in.isGiven("tags");
        boolean registry = kind.equals(Optional.of(Kind.REGISTRY))
                && shorthand.flatMap(CacheShorthand::place).isEmpty();
        if (registry && !tagged) {
            in.problem("cache", "registry", "nothing says where to; write registry=<reference> or give tags");
        }
        if (kind.equals(Optional.of(Kind.INLINE))) {
            if (!tagged) {
                in.problem("cache", "inline", "is kept in the image and read from its tags; give tags");
            } else if (!request.delivery().pushes()) {
                in.notice("cache", "an inline cache is of use only once the image is pushed");
            }
        }
    }

    static void aServiceTakesAToken(Optional<CacheShorthand> cache, InputReader in) {
        if (cache.map(CacheShorthand::kind).equals(Optional.of(Kind.SERVICE)) && !in.isGiven("cache-token")) {
            in.problem("cache-token", "", "a cache service gives nothing without a token; 'cache token' makes one");
        }
    }

    static BuildRequest withoutRepeatedTags(BuildRequest request) {
        Naming naming = request.naming();
        return new BuildRequest(
                request.source(),
                request.platforms(),
                new Naming(List.copyOf(new LinkedHashSet<>(naming.tags())), naming.labels(), naming.annotations()),
                request.delivery(),
                request.caching(),
                request.handed(),
                request.attestations(),
                request.sandbox(),
                request.means(),
                request.patience());
    }
}

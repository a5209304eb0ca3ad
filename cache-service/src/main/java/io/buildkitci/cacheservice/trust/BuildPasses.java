package io.buildkitci.cacheservice.trust;

import io.buildkitci.model.CachePass;
import io.buildkitci.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Makes what one build has of the service, and ends it. */
public final class BuildPasses {
    /** Below it the service serves signs. */
    public static final String SIGNS = "/sign/";

    /** As long as a build may take; its tokens are revoked when it ends. */
    private static final Duration LIFE = Duration.ofHours(6);

    private final Tokens tokens;
    private final SignedPaths paths;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /** @param ids texts that nobody can guess, of hexadecimal digits */
    public BuildPasses(Tokens tokens, SignedPaths paths, InstantSource clock, Supplier<String> ids) {
        this.tokens = tokens;
        this.paths = paths;
        this.clock = clock;
        this.ids = ids;
    }

    /** @param addresses where the service may be reached, see {@link CachePass} */
    public CachePass open(Grant grant, List<String> addresses) {
        return pass(tokens.pair(ids.get(), grant, clock.instant().plus(LIFE), ""), grant, addresses);
    }

    /** For the bearer of a token that lasts: it ends with that token at the latest. */
    public CachePass exchange(Tokens.Good lasting, List<String> addresses) {
        Instant end = clock.instant().plus(LIFE);
        Instant until = end.isBefore(lasting.expires()) ? end : lasting.expires();
        return pass(tokens.pair(ids.get(), lasting.grant(), until, lasting.id()), lasting.grant(), addresses);
    }

    private CachePass pass(Tokens.Pair pair, Grant grant, List<String> addresses) {
        String name = ids.get();
        return new CachePass(
                addresses, new Secret(pair.read()), pair.write().map(Secret::new), grant.readable(), sign(name));
    }

    /** What is served below {@link #SIGNS} under a name: nobody else can. */
    public CachePass.Sign sign(String name) {
        return new CachePass.Sign(SIGNS + name, new Secret(paths.mark("sign/" + name)));
    }

    /** Ends both tokens; nothing happens where they have ended. */
    public void end(CachePass pass) {
        if (tokens.check(pass.read().reveal()) instanceof Tokens.Good good) {
            tokens.revoke(good);
        }
    }
}

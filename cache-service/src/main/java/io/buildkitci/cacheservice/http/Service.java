package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.SignedPaths;
import io.buildkitci.cacheservice.trust.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the handlers stand on: the store, and who may do what in it. */
record Service(CacheStore store, Tokens tokens, SignedPaths paths, BuildPasses passes) {
    /** Below it are signed paths. */
    static final String BLOBS = "/blob/";

    /** As many as GitHub's service takes; each costs a look at all keys that begin so. */
    static final int MOST_PREFIXES = 10;

    Tokens.Checked check(Request request) {
        Optional<String> reading = request.readingToken();
        if (reading.isPresent()) {
            Tokens.Checked checked = tokens.check(reading.get());
            return checked instanceof Tokens.Good good
                    ? good.reading().<Tokens.Checked>map(g -> g).orElse(new Tokens.Bad("this token reads nothing"))
                    : checked;
        }
        String token = request.bearer();
        return token.isEmpty() ? new Tokens.Bad("a bearer token is needed") : tokens.check(token);
    }

    /** Answers the bearer of a good token; anybody else is told why not. */
    Reply allowed(Request request, Function<Grant, Reply> answer) {
        Tokens.Checked checked = check(request);
        return checked instanceof Tokens.Good good
                ? answer.apply(good.grant())
                : Replies.unauthenticated(((Tokens.Bad) checked).reason());
    }

    /** The key that a bearer writes; empty when it writes none. */
    static Optional<EntryKey> written(Grant grant, String version, String key) {
        return grant.writable().map(scope -> new EntryKey(grant.namespace(), scope, version, key));
    }

    Optional<CacheStore.Found> find(Grant grant, String version, String key, List<String> prefixes) {
        return store.find(grant.namespace(), grant.readable(), version, key, prefixes);
    }

    /** Where a content can be read, for minutes. */
    String download(String base, CacheStore.Found found) {
        String subject = found.key().render() + '\0' + found.entry().sha256();
        return base + BLOBS + paths.sign(SignedPaths.Direction.DOWN, subject);
    }

    /** Where a content can be written to, for minutes. */
    String upload(String base, String id) {
        return base + BLOBS + paths.sign(SignedPaths.Direction.UP, id);
    }
}

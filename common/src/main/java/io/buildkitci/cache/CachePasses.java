package io.buildkitci.cache;

import io.buildkitci.model.CachePass;

/** What a cache service says to a build that asks for a {@link CachePass}. */
public final class CachePasses {
    private CachePasses() {}

    /** A pass, or why there is none. */
    public sealed interface Answer {}

    /** Its tokens have to be ended when the build is over. */
    public record Granted(CachePass pass) implements Answer {}

    /** The same, where the builder is known to reach the service as whoever asked did: at the first address. */
    public record Near(CachePass pass) implements Answer {}

    /**
     * The service is not there now or gives this build nothing: it is built without a cache.
     *
     * @param reason a clause that can follow a colon
     * @param remedy what a person can do, an imperative clause
     */
    public record Unavailable(String reason, String remedy) implements Answer {}

    /**
     * There is no such service: asking for it is an error.
     *
     * @param reason a clause that can follow a colon
     * @param remedy what a person can do, an imperative clause
     */
    public record Missing(String reason, String remedy) implements Answer {}
}

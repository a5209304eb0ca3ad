package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.store.Stats;
import java.time.Instant;

/** One job, or one branch of it, on the page of the layer cache. For its view. */
public final class CacheRow {
    private final String namespace;
    private final String scope;
    private final String name;
    private final long bytes;
    private final int scopes;
    private final Stats.Traffic traffic;
    private final Instant now;

    private CacheRow(
            String namespace, String scope, String name, long bytes, int scopes, Stats.Traffic traffic, Instant now) {
        this.namespace = namespace;
        this.scope = scope;
        this.name = name;
        this.bytes = bytes;
        this.scopes = scopes;
        this.traffic = traffic;
        this.now = now;
    }

    static CacheRow of(Stats.OfNamespace namespace, String owner, Instant now) {
        return new CacheRow(
                namespace.name(),
                "",
                owner,
                namespace.bytes(),
                namespace.scopes().size(),
                namespace.traffic(),
                now);
    }

    static CacheRow of(Stats.OfNamespace namespace, Stats.OfScope scope, Instant now) {
        return new CacheRow(
                namespace.name(), scope.name(), readable(scope.name()), scope.bytes(), 1, scope.traffic(), now);
    }

    /** As people call a branch. */
    static String readable(String scope) {
        if (scope.startsWith("refs/heads/")) {
            return scope.substring("refs/heads/".length());
        } else if (scope.startsWith("refs/tags/")) {
            return "tag " + scope.substring("refs/tags/".length());
        } else if (scope.startsWith("refs/pull/")) {
            return "change " + scope.substring("refs/pull/".length());
        } else if (scope.startsWith("fork/")) {
            return "change " + scope.substring("fork/".length()) + ", in quarantine";
        }
        return scope.equals(BuildOrigin.ONLY) ? "all builds" : scope;
    }

    long bytes() {
        return bytes;
    }

    public String getName() {
        return name;
    }

    public String getKept() {
        return CacheView.size(bytes);
    }

    public int getScopes() {
        return scopes;
    }

    public String getHitRatio() {
        return CacheView.percent(traffic.hits(), traffic.hits() + traffic.misses());
    }

    public long getEvicted() {
        return traffic.evicted();
    }

    public String getLastUsed() {
        return CacheView.ago(traffic.used(), now);
    }

    /** Where the branches of this job are. */
    public String getAddress() {
        return CacheView.address(namespace, "", 0);
    }

    /** What drops it. */
    public String getDropAddress() {
        return "drop?namespace=" + CacheView.encoded(namespace) + "&scope=" + CacheView.encoded(scope);
    }

    public String getDropMessage() {
        return "Drop the layers of " + name + "? Its next build makes them again.";
    }
}

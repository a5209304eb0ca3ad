package io.buildkitci.cacheservice.trust;

import java.time.Instant;

/** Remembers tokens that ended before their time, until then. */
public interface Revocations {
    boolean isRevoked(String id);

    /** @param expires when it may be forgotten */
    void revoke(String id, Instant expires);
}

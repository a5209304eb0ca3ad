package io.buildkitci.cacheservice.http;

import java.time.Duration;

/**
 * One request and its answer, for whoever keeps a log: no token, no key, no signed address.
 *
 * @param route what kind of request it was
 * @param received bytes of its body
 * @param sent bytes of the answer's
 */
public record Exchanged(
        String remote, String method, String route, int status, long received, long sent, Duration took) {}

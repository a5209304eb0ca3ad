package io.buildkitci.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A token of a cache service to be made.
 *
 * @param directory of the service, which holds its secret; empty where the secret's file is given
 * @param scope that is read first, and written if {@code write}
 * @param readable further scopes that are read, in order
 */
public record CacheTokenRequest(
        Optional<String> directory,
        Optional<String> secretFile,
        String namespace,
        String scope,
        List<String> readable,
        boolean write,
        Duration life) {
    public CacheTokenRequest {
        readable = List.copyOf(readable);
    }
}

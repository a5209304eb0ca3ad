package io.buildkitci.model;

import java.util.List;
import java.util.Optional;

/**
 * What one build has of a cache service: where it is, and two tokens that end with the build.
 *
 * @param addresses where the service may be reached, by whoever it is, in order of preference: {@code http://host:8321},
 *     without a slash at the end
 * @param read a token that only reads; builders keep its text
 * @param write a token that reads the same and writes the first of the scopes; empty for a build that may only read
 * @param scopes that the tokens read, in order of preference
 * @param sign what tells the service from another one
 */
public record CachePass(List<String> addresses, Secret read, Optional<Secret> write, List<String> scopes, Sign sign) {
    public CachePass {
        addresses = List.copyOf(addresses);
        scopes = List.copyOf(scopes);
        if (addresses.isEmpty() || scopes.isEmpty()) {
            throw new IllegalArgumentException("a pass without an address or a scope");
        }
    }

    /**
     * A file that only the service can serve.
     *
     * @param path below its address, beginning with a slash
     * @param sha256 of what is served there, in hexadecimal
     */
    public record Sign(String path, String sha256) {}
}

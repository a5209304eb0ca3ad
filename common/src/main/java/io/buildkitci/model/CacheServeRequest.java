package io.buildkitci.model;

import java.util.Optional;

/**
 * A cache service to be started.
 *
 * @param directory holds all that it keeps
 * @param host that is listened at; an address or a name
 * @param port 0 for a free one
 * @param quota bytes of all contents
 * @param namespaceQuota bytes of the contents of one namespace
 * @param tls empty for plain HTTP
 * @param secretFile what tokens are signed with; empty for one that the service makes
 */
public record CacheServeRequest(
        String directory,
        String host,
        int port,
        long quota,
        long namespaceQuota,
        Optional<Certificate> tls,
        Optional<String> secretFile) {
    /** Files with a certificate chain and its key. */
    public record Certificate(String chain, String key) {}
}

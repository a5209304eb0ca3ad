package io.buildkitci.failure;

import static io.buildkitci.failure.Rule.during;
import static io.buildkitci.failure.Rule.error;

import java.util.List;

/** Rules for what a build talks to: caches and outputs, the builder and its machine, registries. */
final class ServiceRules {
    static final List<Rule> CACHES_AND_OUTPUTS = List.of(
            during(FailureCode.CACHE_EXPORT_FAILED, "^exporting cache", "the cache could not be written: {reason}"),
            error(
                    FailureCode.CACHE_EXPORT_FAILED,
                    "^failed to configure (?<type>\\S+) cache exporter: (?<reason>.*)",
                    "the {type} cache cannot be written: {reason}"),
            during(FailureCode.OUTPUT_FAILED, "^exporting to client", "the result could not be written: {reason}"));

    static final List<Rule> BUILDERS = List.of(
            error(FailureCode.BUILDER_MISSING, "^no builder \"(?<name>.*)\" found", "there is no builder '{name}'"),
            error(
                    FailureCode.ENGINE_UNREACHABLE,
                    "failed to connect to the docker API at (?<endpoint>[^\\s;]+)",
                    "no Docker Engine answers at {endpoint}"),
            error(
                    FailureCode.ENGINE_UNREACHABLE,
                    "Cannot connect to the Docker daemon(?: at (?<endpoint>\\S+)\\.)?",
                    "the Docker Engine does not answer"),
            error(
                    FailureCode.ENGINE_UNREACHABLE,
                    "permission denied while trying to connect to the (?i:docker)",
                    "this user may not use the Docker Engine"),
            error(FailureCode.DISK_FULL, "no space left on device|disk quota exceeded", "the builder's disk is full"),
            error(
                    FailureCode.BUILDER_LOST,
                    "graceful_stop|^failed to receive status: .*(?:Unavailable|EOF)|error reading from server: EOF"
                            + "|transport is closing",
                    "the builder ended while it was building"),
            error(
                    FailureCode.BUILDER_UNREACHABLE,
                    "^context deadline exceeded$|Error while dialing|^failed to list workers",
                    "the builder does not answer"));

    static final List<Rule> REGISTRIES = List.of(
            error(
                    FailureCode.REGISTRY_RATE_LIMITED,
                    "429 Too Many Requests|(?i:toomanyrequests)",
                    "{host} answered {doing} with 429 Too Many Requests"),
            error(
                    FailureCode.REGISTRY_DENIED,
                    "403 Forbidden|insufficient_scope|: denied\\b",
                    "{host} does not allow {doing}"),
            error(
                    FailureCode.REGISTRY_UNAUTHORIZED,
                    "401 Unauthorized|authorization failed|authentication required|no basic auth credentials"
                            + "|: unauthorized\\b",
                    "{host} wants other credentials for {doing}"),
            error(
                            FailureCode.REGISTRY_TLS,
                            "https://(?:localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\])[:/].*(?:first record does not look"
                                    + " like a TLS handshake|server gave HTTP response to HTTPS client)",
                            "{host} does not speak TLS, and {doing} failed without it as well")
                    .advising(
                            "Look into the registry's log: Docker tries a loopback registry with TLS and then without,"
                                    + " and reports only the first error (credentials, rights and outages look like this)."),
            error(
                    FailureCode.REGISTRY_TLS,
                    "first record does not look like a TLS handshake|server gave HTTP response to HTTPS client",
                    "{host} speaks plain HTTP, and the builder expects TLS"),
            error(
                    FailureCode.REGISTRY_TLS,
                    "x509: (?<reason>.*)|(?:tls|remote error): (?<reason2>.*certificate.*)",
                    "the builder does not trust the certificate of {host}"),
            error(
                    FailureCode.REGISTRY_FAILED,
                    "(?:: |status )(?<status>5\\d\\d [A-Z][A-Za-z ]+)",
                    "{host} answered {doing} with {status}"),
            error(
                    FailureCode.REGISTRY_UNREACHABLE,
                    "(?<why>connection refused|no such host|i/o timeout|connection reset by peer|network is unreachable"
                            + "|no route to host|TLS handshake timeout|server misbehaving|broken pipe"
                            + "|proxyconnect [^:]+|unexpected EOF|Client\\.Timeout exceeded)",
                    "{host} cannot be reached for {doing}: {why}"));

    private ServiceRules() {}
}

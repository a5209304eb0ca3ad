package io.buildkitci.failure;

import static io.buildkitci.failure.Rule.during;
import static io.buildkitci.failure.Rule.error;

import java.util.List;

/** Rules for what a build talks to: caches and outputs, the builder and its machine, registries. */
final class ServiceRules {
    private static final String NO_ROOM = "(?i:no space left on device|disk quota exceeded)";
    private static final String CACHE = "^exporting (?:cache|to GitHub Actions Cache)";

    static final List<Rule> CACHES_AND_OUTPUTS = List.of(
            error( // what this machine says of its own directory
                            FailureCode.CACHE_NO_ROOM,
                            "desc = (?<reason>[^\\n]*" + NO_ROOM + "[^\\n]*)",
                            "this machine has no room for the cache: {reason}")
                    .in("^exporting cache to client directory"),
            error( // what the builder says of its own
                            FailureCode.DISK_FULL,
                            "^(?!.*https?://)(?:.*: )?\\w+ /\\S+: " + NO_ROOM,
                            "the builder's disk was full before it had the cache ready")
                    .in(CACHE),
            error(
                            FailureCode.CACHE_EXPORT_FAILED,
                            "^(?<reason>.*" + NO_ROOM + ".*)",
                            "the cache could not be written where it is kept, for want of room: {reason}")
                    .in(CACHE)
                    .advising(
                            "Make room where {input cache-to} keeps it, or add ignore-error=true to it so that this does"
                                    + " not fail the build."),
            during(FailureCode.CACHE_EXPORT_FAILED, CACHE, "the cache could not be written: {reason}"),
            error(
                    FailureCode.CACHE_EXPORT_FAILED,
                    "^failed to configure (?<type>\\S+) cache exporter: (?<reason>.*)",
                    "the {type} cache cannot be written: {reason}"),
            error(
                            FailureCode.OUTPUT_FAILED,
                            "^(?<reason>(?:error from receiver: )?(?:EOF|context canceled))$",
                            "this machine took no more of the result ({reason}), as when the destination's disk is full")
                    .in("^exporting to client"),
            during(FailureCode.OUTPUT_FAILED, "^exporting to client", "the result could not be written: {reason}"),
            error( // what this machine says, and not the builder, whose engine keeps its blobs elsewhere
                            FailureCode.OUTPUT_FAILED,
                            "^failed to (?:copy to tar|copy: failed to send write): rpc error: code = \\w+ desc = "
                                    + "(?<reason>write (?!\\S*/io\\.containerd\\.)\\S+: .*)",
                            "the result could not be written: {reason}")
                    .in("^exporting to (?:oci|docker) image format"));

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
            error(
                            FailureCode.ENGINE_UNREACHABLE,
                            "docker endpoint for \"(?<context>[^\"]*)\" not found",
                            "nothing says how the engine of Docker context '{context}' is reached, or its certificates"
                                    + " cannot be read")
                    .advising(
                            "Check DOCKER_HOST and the context; DOCKER_CERT_PATH must hold ca.pem, cert.pem and key.pem"
                                    + " where TLS is wanted."),
            error(
                            FailureCode.CONTEXT_TOO_LARGE,
                            NO_ROOM,
                            "the builder's disk was full before it had the whole build context")
                    .in("^\\[internal\\] load (?:build context|from client)"),
            error(FailureCode.DISK_FULL, NO_ROOM, "the builder's disk is full"),
            error(
                    FailureCode.BUILDER_LOST,
                    "graceful_stop|^failed to receive status: .*(?:Unavailable|EOF)|error reading from server: EOF"
                            + "|transport is closing",
                    "the builder ended while it was building"),
            error(
                    FailureCode.BUILDER_UNREACHABLE,
                    "^context deadline exceeded$|Error while dialing|(?:^|: )failed to list workers",
                    "the builder does not answer"));

    static final List<Rule> REGISTRIES = List.of(
            error(
                    FailureCode.PROXY_FAILED,
                    "(?<why>Proxy Authentication Required|proxyconnect tcp: .*)$",
                    "the builder's proxy did not let through {doing}: {why}"),
            error(
                    FailureCode.CREDENTIALS_EXPIRED,
                    "(?i:token (?:has|is) expired|token has been expired|expired token|credentials? (?:has|have) expired)",
                    "the credentials for {host} are too old for {doing}"),
            error(
                    FailureCode.REGISTRY_TOO_LARGE,
                    "(?:413 [A-Z][A-Za-z ]+|(?i:manifest (?:is )?too (?:large|big))|(?i:manifest exceeds)\\b.*)",
                    "{host} refused {doing}, for something in it is too large"),
            error(
                    FailureCode.REGISTRY_REFUSES_FORMAT,
                    "(?<why>(?i:manifest invalid|unknown media type|unsupported media type|manifest_invalid)[^\\n]*)",
                    "{host} refused {doing}: {why}"),
            error(
                    FailureCode.REGISTRY_RATE_LIMITED,
                    ": 429(?: |$)|(?i:toomanyrequests)",
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
                    FailureCode.CLOCK_WRONG,
                    "x509: certificate has expired or is not yet valid: current time (?<now>\\S+) is before (?<then>\\S+)",
                    "the builder's clock says {now}, and the certificate of {host} is valid from {then} on"),
            error(
                    FailureCode.CERTIFICATE_EXPIRED,
                    "x509: certificate has expired or is not yet valid: current time (?<now>\\S+) is after (?<then>\\S+)",
                    "the certificate of {host} ended at {then}, and the builder's clock says {now}"),
            error(
                    FailureCode.REGISTRY_TLS,
                    "x509: (?<reason>.*)|(?:tls|remote error): (?<reason2>.*certificate.*)",
                    "the builder does not trust the certificate of {host}"),
            error(
                    FailureCode.REGISTRY_FAILED,
                    "(?:: |status )(?<status>5\\d\\d(?: [A-Z][A-Za-z ]+| *$| *\n))",
                    "{host} answered {doing} with {status}"),
            error(
                    FailureCode.REGISTRY_UNREACHABLE,
                    "(?<why>connection refused|no such host|i/o timeout|connection reset by peer|network is unreachable"
                            + "|no route to host|TLS handshake timeout|server misbehaving|broken pipe"
                            + "|EOF$|unexpected EOF|Client\\.Timeout exceeded|408 Request Timeout)",
                    "{host} cannot be reached for {doing}: {why}"));

    private ServiceRules() {}
}

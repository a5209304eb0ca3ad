package io.buildkitci.plan;

/** What people ask of a builder, as far as the ways to get BuildKit differ in it. */
public enum Ability {
    PARALLEL_STAGES("stages in parallel", ""),
    SEVERAL_PLATFORMS("several platforms at once", "platforms"),
    EXPORT_INLINE("writes a cache: inline", "cache-to"),
    EXPORT_REGISTRY("writes a cache: registry", "cache-to"),
    EXPORT_LOCAL("writes a cache: local", "cache-to"),
    EXPORT_GHA("writes a cache: gha", "cache-to"),
    EXPORT_S3("writes a cache: s3", "cache-to"),
    EXPORT_AZBLOB("writes a cache: azblob", "cache-to"),
    IMPORT_REGISTRY("reads a cache: registry and inline", "cache-from"),
    IMPORT_LOCAL("reads a cache: local", "cache-from"),
    IMPORT_GHA("reads a cache: gha", "cache-from"),
    IMPORT_S3("reads a cache: s3", "cache-from"),
    IMPORT_AZBLOB("reads a cache: azblob", "cache-from"),
    ATTESTATIONS("attestations", "attests"),
    PUSH("push", "push"),
    PUSH_BY_DIGEST("push by digest", "outputs"),
    LOAD("load into Docker Engine", "load"),
    OUTPUT_OCI("output of type oci", "outputs"),
    OUTPUT_DOCKER_FILE("output of type docker to a file", "outputs"),
    OUTPUT_TAR("output of type tar", "outputs"),
    OUTPUT_LOCAL("output of type local", "outputs"),
    SECRETS("secrets", "secrets"),
    SSH("SSH agents and keys", "ssh"),
    NO_NETWORK("steps without network", "network"),
    HOST_NETWORK("the host's network", "network"),
    ENTITLEMENTS("entitlements", "allow"),
    HOST_GATEWAY("host-gateway in the hosts file", "add-hosts"),
    CHECKS("checks of the Dockerfile", "call"),
    COMPOSE_FILES("compose and bake files", "bake");

    private final String title;
    private final String input;

    Ability(String title, String input) {
        this.title = title;
        this.input = input;
    }

    /** As the documentation calls it. */
    public String title() {
        return title;
    }

    /** What a person asks for it by; empty where it is there unasked. */
    public String input() {
        return input;
    }
}

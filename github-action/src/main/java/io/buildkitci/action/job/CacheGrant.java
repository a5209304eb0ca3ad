package io.buildkitci.action.job;

import io.buildkitci.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cache service of its runner grants to a job. */
public enum CacheGrant {
    NOTHING(false, false),
    READ(true, false),
    WRITE(false, true),
    READ_WRITE(true, true),
    /** Nothing says; the service will. */
    UNKNOWN(true, true);

    private static final int READ_BIT = 1;
    private static final int WRITE_BIT = 2;

    private final boolean reads;
    private final boolean writes;

    CacheGrant(boolean reads, boolean writes) {
        this.reads = reads;
        this.writes = writes;
    }

    public boolean reads() {
        return reads;
    }

    public boolean writes() {
        return writes;
    }

    private static CacheGrant of(boolean reads, boolean writes) {
        if (reads) {
            return writes ? READ_WRITE : READ;
        }
        return writes ? WRITE : NOTHING;
    }

    /** What both of two sources allow. */
    CacheGrant and(CacheGrant other) {
        if (this == UNKNOWN || other == UNKNOWN) {
            return this == UNKNOWN ? other : this;
        }
        return of(reads && other.reads, writes && other.writes);
    }

    /**
     * Of {@code ACTIONS_CACHE_MODE}, which the runner exports to node and container actions. Its four words are those of
     * actions/toolkit#2447; any other leaves everything as it was without it.
     */
    static CacheGrant ofMode(String mode) {
        return switch (mode) {
            case "none" -> NOTHING;
            case "read" -> READ;
            case "write-only" -> WRITE;
            case "write" -> READ_WRITE;
            default -> UNKNOWN;
        };
    }

    /**
     * Of {@code ACTIONS_RUNTIME_TOKEN}: the claim {@code ac} of its payload is a JSON text of scopes with permission
     * bits, 1 to read and 2 to write (tonistiigi/go-actions-cache, which BuildKit uses). Gitea, Forgejo and act sign
     * tokens with 2 alone and serve reads, so what may be written may be read.
     */
    static CacheGrant ofToken(String token) {
        return payload(token)
                .map(PlainJson::parse)
                .map(payload -> payload.text("ac"))
                .map(scopes -> PlainJson.parse("{\"ac\":" + scopes + "}"))
                .map(CacheGrant::ofScopes)
                .orElse(UNKNOWN);
    }

    private static CacheGrant ofScopes(PlainJson claim) {
        if (!(claim.fields().get("ac") instanceof List<?> scopes)
                || !scopes.stream().allMatch(CacheGrant::isScope)) {
            return UNKNOWN;
        }
        int permissions = claim.objects("ac").stream()
                .mapToInt(scope -> scope.number("Permission"))
                .reduce(0, (some, more) -> some | more);
        boolean writes = (permissions & WRITE_BIT) != 0;
        return of(writes || (permissions & READ_BIT) != 0, writes);
    }

    private static boolean isScope(Object scope) {
        return scope instanceof Map<?, ?> fields && fields.get("Permission") instanceof Integer;
    }

    /** The second part of a JSON web token; its signature is the service's to check. */
    private static Optional<String> payload(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

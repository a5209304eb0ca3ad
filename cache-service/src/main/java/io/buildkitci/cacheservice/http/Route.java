package io.buildkitci.cacheservice.http;

import java.util.Locale;

/** What a path leads to. */
enum Route {
    TWIRP,
    ARTIFACT_CACHE,
    BLOB,
    HEALTH,
    METRICS,
    REVOKE,
    ADMIN,
    NONE;

    static final String ADMIN_PATH = "/admin/";

    static Route of(String path) {
        if (path.contains(TwirpHandler.PATH)) {
            return TWIRP;
        }
        if (path.contains(ArtifactCacheHandler.PATH)) {
            return ARTIFACT_CACHE;
        }
        if (path.contains(Service.BLOBS)) {
            return BLOB;
        }
        if (path.startsWith(ADMIN_PATH)) {
            return ADMIN;
        }
        return switch (path) {
            case "/healthz" -> HEALTH;
            case "/metrics" -> METRICS;
            case "/revoke" -> REVOKE;
            default -> NONE;
        };
    }

    /** As metrics and the access log call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.trust.BuildPasses;
import java.util.Locale;

/** What a path leads to. */
enum Route {
    TWIRP,
    ARTIFACT_CACHE,
    BLOB,
    HEALTH,
    METRICS,
    REVOKE,
    PASS,
    SIGN,
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
        if (path.contains(BuildPasses.SIGNS)) {
            return SIGN;
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "healthz" -> HEALTH;
            case "metrics" -> METRICS;
            case "revoke" -> REVOKE;
            case "pass" -> PASS;
            default -> NONE;
        };
    }

    /** As metrics and the access log call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

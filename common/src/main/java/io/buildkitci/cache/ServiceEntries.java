package io.buildkitci.cache;

import io.buildkitci.cache.CacheExpansion.Sides;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.ServiceCache;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of {@code type=gha} for a cache service; no secret is in them. Those that read take their address from the
 * client's environment and bring claims of their own, the one that writes the other way round: see ADR 15.
 */
public final class ServiceEntries {
    /** How long BuildKit asks a service again that is too busy. */
    private static final String PATIENCE = "1m";

    /** The year 2100: the service looks at the token in the address only, the client at this. */
    private static final long NEVER = 4_102_444_800L;

    private ServiceEntries() {}

    /** For a plan that is shown: nobody has asked the service yet. */
    static Sides planned(Optional<String> address, CacheScope scope) {
        CacheSpec writing = address.map(a -> entry().with("url_v2", a + "/")).orElse(entry());
        return new Sides(reading(entry(), scope), List.of(writing(writing, scope)));
    }

    /** For a build, which writes where its pass does. */
    public static Sides of(ServiceCache service, CacheScope scope) {
        CacheSpec reading = entry().with("token", claims(service.pass().scopes()));
        CacheSpec writing = entry().with("url_v2", service.address() + "/");
        boolean writes = service.pass().write().isPresent();
        return new Sides(reading(reading, scope), writes ? List.of(writing(writing, scope)) : List.of());
    }

    private static List<CacheSpec> reading(CacheSpec entry, CacheScope scope) {
        return scope.readable().stream()
                .map(name -> entry.with("scope", scope.ofImage(name)))
                .toList();
    }

    private static CacheSpec writing(CacheSpec entry, CacheScope scope) {
        return CacheExpansion.written(entry.with("scope", scope.ofImage(scope.own())));
    }

    private static CacheSpec entry() {
        return new CacheSpec("gha", Attributes.of("version", "2").with("timeout", PATIENCE));
    }

    /** What BuildKit's client wants to read of a token: an unsigned one, which allows nothing to anybody. */
    private static String claims(List<String> scopes) {
        List<Map<String, Object>> each =
                scopes.stream().map(ServiceEntries::read).toList();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("ac", JsonText.line(each));
        claims.put("nbf", 0);
        claims.put("exp", NEVER);
        return encoded(JsonText.line(Map.of("alg", "none"))) + "." + encoded(JsonText.line(claims)) + ".";
    }

    private static Map<String, Object> read(String scope) {
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("Scope", scope);
        claim.put("Permission", 1);
        return claim;
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

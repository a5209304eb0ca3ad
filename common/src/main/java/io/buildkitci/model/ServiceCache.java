package io.buildkitci.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cache service as one build uses it.
 *
 * @param address at which the builder reaches it, without a slash at the end
 * @param pass what the build has of it
 */
public record ServiceCache(String address, CachePass pass) {
    /** Those of {@link #variables} in which a token is. */
    public static final List<String> HOLDING_TOKENS = List.of("ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN");

    /**
     * What buildx fills into entries of {@code type=gha} that do not say it themselves: see ADR 15 for who takes which.
     * The address of those that read carries the token that only reads; the token is the one that writes.
     */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("ACTIONS_RESULTS_URL", address + "/r/" + pass.read().reveal() + "/");
        variables.put("ACTIONS_CACHE_URL", address + "/");
        pass.write().ifPresent(token -> variables.put("ACTIONS_RUNTIME_TOKEN", token.reveal()));
        return variables;
    }
}

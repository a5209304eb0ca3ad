package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest.Caching;
import io.buildkitci.model.CacheSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keys of caches that a person wrote into attributes, taken from there to variables that buildx reads (its
 * {@code addAwsCredentials} and {@code addGithubToken}): arguments are seen by every user of the machine.
 *
 * @param caching without them
 * @param variables of buildx; values are secrets
 * @param notes on what stays among the arguments
 */
record CacheKeys(Caching caching, Map<String, String> variables, List<String> notes) {
    /** Attribute to variable; there is one variable for all entries of a type, so that they have to agree. */
    private static final Map<String, Map<String, String>> BY_TYPE = Map.of(
            "s3",
            Map.of(
                    "access_key_id", "AWS_ACCESS_KEY_ID",
                    "secret_access_key", "AWS_SECRET_ACCESS_KEY",
                    "session_token", "AWS_SESSION_TOKEN"),
            "gha",
            Map.of("token", "ACTIONS_RUNTIME_TOKEN"));

    /** Without these an entry takes what is in the environment anyway. */
    private static final Map<String, Set<String>> NEEDED =
            Map.of("s3", Set.of("access_key_id", "secret_access_key"), "gha", Set.of("token"));

    static CacheKeys of(Caching caching) {
        Map<String, String> variables = new HashMap<>();
        Set<String> moved = new LinkedHashSet<>();
        for (String type : List.of("s3", "gha")) {
            Map<String, String> keys = BY_TYPE.getOrDefault(type, Map.of());
            Set<Map<String, String>> given = new LinkedHashSet<>();
            entries(caching, type).forEach(entry -> given.add(only(entry, keys.keySet())));
            boolean free = type.equals("s3") || caching.service().isEmpty();
            if (given.size() == 1 && free) {
                Map<String, String> all = given.iterator().next();
                if (all.keySet().containsAll(NEEDED.getOrDefault(type, Set.of()))) {
                    keys.forEach((attribute, variable) -> variables.put(variable, all.getOrDefault(attribute, "")));
                    moved.add(type);
                }
            }
        }
        Caching without = caching.with(without(caching.from(), moved), without(caching.to(), moved));
        return new CacheKeys(without, variables, notes(without));
    }

    /** For a client that takes no keys from its environment. */
    static CacheKeys untouched(Caching caching) {
        return new CacheKeys(caching, Map.of(), notes(caching));
    }

    private static Stream<CacheSpec> entries(Caching caching, String type) {
        return Stream.concat(caching.from().stream(), caching.to().stream())
                .filter(entry -> entry.type().equals(type));
    }

    private static Map<String, String> only(CacheSpec entry, Set<String> names) {
        Map<String, String> some = new HashMap<>(entry.attributes().values());
        some.keySet().retainAll(names);
        return some;
    }

    private static List<CacheSpec> without(List<CacheSpec> entries, Set<String> types) {
        List<CacheSpec> clean = new ArrayList<>();
        for (CacheSpec entry : entries) {
            CacheSpec left = entry;
            if (types.contains(entry.type())) {
                for (String attribute :
                        BY_TYPE.getOrDefault(entry.type(), Map.of()).keySet()) {
                    left = new CacheSpec(left.type(), left.attributes().without(attribute));
                }
            }
            clean.add(left);
        }
        return clean;
    }

    private static List<String> notes(Caching left) {
        boolean seen = Stream.concat(left.from().stream(), left.to().stream())
                .anyMatch(cache -> !Credentials.namesIn(cache).isEmpty());
        boolean ours = left.service().isPresent(); // what stands in its entries allows nothing to anybody
        return seen && !ours
                ? List.of("a key in the attributes of a cache is among the arguments of the client, which every user of"
                        + " this machine can see: let the builder have a key of its own")
                : List.of();
    }

    /** Names only: values are secrets. */
    @Override
    public String toString() {
        return "CacheKeys" + variables.keySet();
    }
}

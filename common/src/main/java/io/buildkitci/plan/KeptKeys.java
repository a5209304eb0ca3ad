package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest.Caching;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keys of caches that are read, which BuildKit stores. Its clients put all attributes of such a cache, those that buildx
 * adds from its environment too, into the frontend's option {@code cache-imports} (BuildKit's {@code client/solve.go}), and
 * the builder's record of a build has the frontend's options as they are ({@code solver/llbsolver/history.go}). There is no
 * other way to hand a key over, so that it can only be said.
 */
final class KeptKeys {
    /** Types whose store the builder opens with what its machine may do, where an entry has no key. */
    private static final Set<String> BY_ROLE = Set.of("s3", "azblob");

    private KeptKeys() {}

    /** One sentence for each type of cache that is read with a key. */
    static List<String> notes(Caching given, String builder, HostWords words) {
        if (given.service().isPresent()) {
            return List.of(); // the token in its entries only reads, and ends with the build
        }
        Map<String, Set<String>> keys = new TreeMap<>();
        for (CacheSpec cache : given.from()) {
            keys.computeIfAbsent(cache.type(), type -> new TreeSet<>()).addAll(Credentials.namesIn(cache));
        }
        List<String> notes = new ArrayList<>();
        keys.forEach((type, names) -> {
            if (!names.isEmpty()) {
                notes.add(
                        words.input("cache-from") + ": BuildKit keeps " + String.join(", ", names) + " of type=" + type
                                + " in clear text in the history of builder '" + builder
                                + "', where everybody who may use it can read them; what helps is a key that ends soon and can"
                                + " only read, " + role(type) + "or another type of cache");
            }
        });
        return notes;
    }

    private static String role(String type) {
        return BY_ROLE.contains(type) ? "none where the builder's machine has a role of its own, " : "";
    }
}

package io.buildkitci.action.job;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.BuildRequest.Caching;
import io.buildkitci.model.CacheSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which {@code type=gha} caches a job can use. BuildKit fails a build whose cache it may not write, after the push
 * (docker/build-push-action#1571), and buildx drops entries without a service in silence (its {@code isActive}); both
 * are left out here, and told. An entry with a service of its own is the person's.
 *
 * @param token whether there is a token for the runner's cache service
 * @param address whether that service has an address
 * @param grant what it grants
 * @param evidence the variable that says so, for messages
 */
public record CacheAccess(boolean token, boolean address, CacheGrant grant, String evidence) {
    private static final String MODE = "ACTIONS_CACHE_MODE";
    private static final String TOKEN = "ACTIONS_RUNTIME_TOKEN";
    private static final String RESULTS = "ACTIONS_RESULTS_URL";
    private static final String CACHE = "ACTIONS_CACHE_URL";

    /** A request without the caches that its job cannot use. */
    public record Allowed(BuildRequest request, List<String> notes) {
        public Allowed {
            notes = List.copyOf(notes);
        }
    }

    /** @param environment of the process; buildx reads the same variables from it */
    public static CacheAccess from(Map<String, String> environment) {
        String mode = environment.getOrDefault(MODE, "");
        String token = environment.getOrDefault(TOKEN, "");
        CacheGrant byMode = CacheGrant.ofMode(mode);
        CacheGrant both = byMode.and(CacheGrant.ofToken(token));
        return new CacheAccess(
                !token.isEmpty(),
                !environment.getOrDefault(RESULTS, "").isEmpty()
                        || !environment.getOrDefault(CACHE, "").isEmpty(),
                both,
                both == byMode ? MODE + " is '" + mode + "'" : "says the claim 'ac' of " + TOKEN);
    }

    /** Whether the runner has a cache service for this job. */
    public boolean hasService() {
        return token && address;
    }

    /** Leaves out what cannot be used; the {@code cache} shorthand must have been bound to its entries before. */
    public Allowed allowed(BuildRequest request) {
        Caching caching = request.caching();
        if (caching.needsPass()) {
            return new Allowed(request, List.of()); // of a service with tokens of its own
        }
        Set<String> notes = new LinkedHashSet<>();
        Sieve from = new Sieve(caching.shorthand().isPresent() ? "reading cache gha" : "cache-from type=gha", notes);
        Sieve to = new Sieve(caching.shorthand().isPresent() ? "writing cache gha" : "cache-to type=gha", notes);
        Caching left = caching.with(
                from.sift(caching.from(), spec -> obstacle(spec, grant.reads())),
                to.sift(caching.to(), spec -> obstacle(spec, grant.writes())));
        return new Allowed(notes.isEmpty() ? request : request.withCaching(left), List.copyOf(notes));
    }

    /** Why an entry cannot be used; empty when it can. */
    private Optional<String> obstacle(CacheSpec spec, boolean granted) {
        if (!spec.type().equals("gha")) {
            return Optional.empty();
        }
        boolean ownToken = has(spec, "token");
        boolean ownAddress = has(spec, "url") || has(spec, "url_v2");
        if (!ownToken && !token) {
            return Optional.of("there is no cache service here (" + TOKEN + " is not set)");
        }
        if (!ownAddress && !address) {
            return Optional.of("there is no cache service here (" + RESULTS + " and " + CACHE + " are not set)");
        }
        return granted || ownToken || ownAddress ? Optional.empty() : Optional.of(refusal());
    }

    private static boolean has(CacheSpec spec, String name) {
        return spec.attributes().get(name).filter(value -> !value.isEmpty()).isPresent();
    }

    private String refusal() {
        String may =
                switch (grant) {
                    case READ -> "may only read the cache";
                    case WRITE -> "may only write to the cache";
                    default -> "may neither read nor write the cache";
                };
        return "this job " + may + " (" + evidence + ")";
    }

    /** One side's entries, each used or told why not. */
    private record Sieve(String what, Set<String> notes) {
        List<CacheSpec> sift(List<CacheSpec> entries, Function<CacheSpec, Optional<String>> obstacle) {
            return entries.stream()
                    .filter(entry -> {
                        Optional<String> why = obstacle.apply(entry);
                        why.ifPresent(reason -> notes.add(what + " was left out: " + reason));
                        return why.isEmpty();
                    })
                    .toList();
        }
    }
}

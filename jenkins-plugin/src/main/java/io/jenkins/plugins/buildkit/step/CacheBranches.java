package io.jenkins.plugins.buildkit.step;

import io.buildkitci.cache.CacheScope;
import io.buildkitci.model.BuildRequest;
import java.util.Map;
import java.util.Optional;

/** Which branch is built, as Jenkins' multibranch projects and its git plugin say it in the environment. */
final class CacheBranches {
    private static final String REMOTE = "origin/";

    private CacheBranches() {}

    static CacheScope scope(BuildRequest request, Map<String, String> environment) {
        // of a change it is PR-7: a fork's branch can have any name, that of the main one too
        Optional<String> own = first(environment, "BRANCH_NAME", "GIT_LOCAL_BRANCH", "GIT_BRANCH");
        boolean primary = "true".equals(environment.get("BRANCH_IS_PRIMARY"));
        return new CacheScope(
                request.naming().tags(),
                request.platforms(),
                own.map(b -> b.startsWith(REMOTE) ? b.substring(REMOTE.length()) : b),
                first(environment, "CHANGE_TARGET"),
                primary ? own : Optional.empty());
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "");
            if (!value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}

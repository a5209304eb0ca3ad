package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Run;
import io.buildkitci.build.OpenedBake;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.model.CachePass;
import io.jenkins.plugins.buildkit.cache.LayerCache;
import io.jenkins.plugins.buildkit.step.BuildPreparation.Prepared;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/** What {@code cache: 'jenkins'} comes to for one step: a pass of this Jenkins' layer cache, and its end. */
final class JenkinsCache {
    private static final CachePasses.Missing NONE = new CachePasses.Missing(
            "this Jenkins has no layer cache", "turn it on in Manage Jenkins » BuildKit, or take another cache");

    private JenkinsCache() {}

    /** @throws AbortException where Jenkins is not configured to have one; nothing was run */
    static OpenedCache open(Prepared prepared, Run<?, ?> run) throws AbortException, InterruptedException {
        if (!prepared.ready().request().caching().needsPass()) {
            return prepared.builds().open(prepared.ready(), prepared.scope(), () -> NONE, pass -> {});
        }
        CachePasses.Answer answer = answer("buildkitBuild", run);
        return prepared.builds().open(prepared.ready(), prepared.scope(), () -> answer, JenkinsCache::end);
    }

    /** The same for the targets of a definition, which share one. */
    static OpenedBake open(BakePreparation.Prepared prepared, Run<?, ?> run)
            throws AbortException, InterruptedException {
        boolean needed = prepared.ready().targets().values().stream()
                .anyMatch(target -> target.caching().needsPass());
        CachePasses.Answer answer = needed ? answer("buildkitBake", run) : NONE;
        return prepared.bakes().open(prepared.ready(), () -> answer, JenkinsCache::end);
    }

    private static CachePasses.Answer answer(String step, Run<?, ?> run) throws AbortException, InterruptedException {
        CachePasses.Answer answer = first().isPresent() ? first().get().open(run) : NONE;
        if (answer instanceof CachePasses.Missing missing) {
            throw new AbortException(StepFailure.ofTexts(
                    step, List.of("cache: 'jenkins': " + missing.reason() + "; " + missing.remedy())));
        }
        return answer;
    }

    private static Optional<LayerCache> first() {
        return ExtensionList.lookup(LayerCache.class).stream().findFirst();
    }

    /** Never throws: tokens also end by themselves. */
    static void end(CachePass pass) {
        try {
            first().ifPresent(cache -> cache.end(pass));
        } catch (RuntimeException e) {
            Faults.LOGGER.log(Level.WARNING, "tokens of a build could not be ended", e);
        }
    }
}

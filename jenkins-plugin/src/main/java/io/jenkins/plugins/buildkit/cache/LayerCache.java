package io.jenkins.plugins.buildkit.cache;

import hudson.ExtensionPoint;
import hudson.model.Run;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.model.CachePass;

/**
 * The layer cache of this Jenkins, as {@code cache: 'jenkins'} needs it. An implementation runs the service or knows one
 * elsewhere, and decides which scopes a build reads and writes.
 *
 * <p>Asked in the background, by several threads at once.
 */
public interface LayerCache extends ExtensionPoint {
    /**
     * Two fresh tokens for one step of a build.
     *
     * @return {@link CachePasses.Missing} where Jenkins is not configured to have a cache, with what to configure;
     *     {@link CachePasses.Unavailable} where it is and cannot be had now
     */
    CachePasses.Answer open(Run<?, ?> run) throws InterruptedException;

    /**
     * Ends the tokens of a pass. Called on every path out of the step, after a restart of the controller too, perhaps
     * more than once; what goes wrong is only logged, for tokens also end by themselves.
     */
    void end(CachePass pass);
}

package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/** Ends the tokens of a build that ends, should a step have left them. */
@Extension
@SuppressWarnings("rawtypes") // as the listener is declared
public final class EndedRuns extends RunListener<Run> {
    @Override
    public void onFinalized(Run run) {
        String id = run.getExternalizableId();
        CacheLifecycle.get()
                .afterwards(() ->
                        ExtensionList.lookupSingleton(JenkinsLayerCache.class).endAll(id));
    }
}

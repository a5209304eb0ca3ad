package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.Stats;

/** What the service in this Jenkins keeps. */
record EmbeddedKeeper(CacheStore store) implements Keeper {
    @Override
    public Namespaces namespaces() {
        return Namespaces.OWN;
    }

    @Override
    public Stats stats() {
        return store.stats();
    }

    @Override
    public void drop(String namespace) {
        store.dropNamespace(namespace);
    }

    @Override
    public void drop(String namespace, String scope) {
        store.dropScope(namespace, scope);
    }

    @Override
    public void rename(String from, String to) {
        store.renameNamespace(from, to);
    }
}

package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.RemoteService;
import io.buildkitci.cacheservice.store.Stats;
import java.io.IOException;

/** What an external service keeps, whose secret is known. */
record ExternalKeeper(RemoteService service, Namespaces namespaces) implements Keeper {
    @Override
    public Stats stats() throws IOException, InterruptedException {
        return service.stats();
    }

    @Override
    public void drop(String namespace) throws IOException, InterruptedException {
        service.drop(namespace);
    }

    @Override
    public void drop(String namespace, String scope) throws IOException, InterruptedException {
        service.drop(namespace, scope);
    }

    @Override
    public void rename(String from, String to) throws IOException, InterruptedException {
        service.rename(from, to);
    }
}

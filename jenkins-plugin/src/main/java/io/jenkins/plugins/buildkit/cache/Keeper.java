package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.store.Stats;
import java.io.IOException;

/** What a service keeps, for whoever owns it. Its methods may take as long as a disk or a network does. */
interface Keeper {
    /** What its namespaces of this Jenkins begin with. */
    Namespaces namespaces();

    Stats stats() throws IOException, InterruptedException;

    void drop(String namespace) throws IOException, InterruptedException;

    void drop(String namespace, String scope) throws IOException, InterruptedException;

    /** Joins what is under the new name already. */
    void rename(String from, String to) throws IOException, InterruptedException;
}

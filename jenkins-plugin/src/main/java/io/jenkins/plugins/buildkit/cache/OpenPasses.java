package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.model.CachePass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which builds have which passes. Only in memory: after a restart of Jenkins the steps that go on know theirs. */
final class OpenPasses {
    private final Map<String, List<CachePass>> passes = new HashMap<>();

    synchronized void add(String run, CachePass pass) {
        passes.computeIfAbsent(run, r -> new ArrayList<>()).add(pass);
    }

    synchronized void remove(CachePass pass) {
        passes.values().forEach(all -> all.remove(pass));
        passes.values().removeIf(List::isEmpty);
    }

    synchronized List<CachePass> of(String run) {
        return List.copyOf(passes.getOrDefault(run, List.of()));
    }
}

package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;

/** Targets of a definition as requests. */
final class Targets {
    private Targets() {}

    static BuildRequest plain(String tag) {
        return Asked.of("context", ".", "tags", "registry.example/" + tag + ":1")
                .request();
    }
}

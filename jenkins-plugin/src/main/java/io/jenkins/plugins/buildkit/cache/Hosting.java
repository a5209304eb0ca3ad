package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * A service to run in this Jenkins.
 *
 * @param advertised where builders reach it, if a person said so
 */
record Hosting(Settings settings, Optional<URI> advertised) {
    String scheme() {
        return settings.tls().isPresent() ? "https" : "http";
    }
}

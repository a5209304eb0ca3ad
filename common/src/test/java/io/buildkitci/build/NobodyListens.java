package io.buildkitci.build;

import io.buildkitci.process.Reachability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A network without anybody. */
final class NobodyListens implements Reachability {
    @Override
    public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
        return Optional.of(Refusal.nobody("connection refused"));
    }

    @Override
    public Optional<String> unix(Path socket) {
        return Optional.of("no such file");
    }
}

package io.buildkitci.build;

import io.buildkitci.process.Reachability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A network without anybody. */
final class NobodyListens implements Reachability {
    @Override
    public Optional<String> tcp(String host, int port, Duration limit) {
        return Optional.of("connection refused");
    }

    @Override
    public Optional<String> unix(Path socket) {
        return Optional.of("no such file");
    }
}

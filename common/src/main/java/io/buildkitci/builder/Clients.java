package io.buildkitci.builder;

import io.buildkitci.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs that builders are handled with.
 *
 * @param buildx how buildx is called, as {@link BuildxFinder} found it
 * @param version of buildx, where it is known
 * @param docker how {@code docker} is called, to check that nothing is left; empty where there is none
 * @param environment variables for all of them, in addition to the process' own
 */
public record Clients(
        List<String> buildx,
        Optional<Version> version,
        Optional<List<String>> docker,
        Map<String, String> environment) {
    public Clients {
        buildx = List.copyOf(buildx);
        docker = docker.map(List::copyOf);
        environment = Map.copyOf(environment);
    }

    /** Names of variables only: values can be secrets. */
    @Override
    public String toString() {
        return "Clients[" + buildx + ", " + version + ", " + docker + ", environment=" + environment.keySet() + "]";
    }
}

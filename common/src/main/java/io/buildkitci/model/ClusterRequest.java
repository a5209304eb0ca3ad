package io.buildkitci.model;

import java.util.List;
import java.util.Optional;

/**
 * A builder of driver kubernetes, as far as its cluster must allow it.
 *
 * @param driverOpts the options that it is to be made with
 */
public record ClusterRequest(List<Setting> driverOpts) {
    private static final String NAMESPACE = "buildkit";

    public ClusterRequest {
        driverOpts = List.copyOf(driverOpts);
    }

    public String namespace() {
        return option("namespace").orElse(NAMESPACE);
    }

    /** The account that its pods run as; empty for the namespace's own. */
    public Optional<String> podAccount() {
        return option("serviceaccount");
    }

    /** Whether its state is kept in volumes of the cluster. */
    public boolean persistent() {
        return option("persistent-volume-claim.requests.storage").isPresent();
    }

    private Optional<String> option(String name) {
        return driverOpts.stream()
                .filter(o -> o.name().equals(name))
                .map(Setting::value)
                .findFirst();
    }
}

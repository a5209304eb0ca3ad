package io.buildkitci.builder;

import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import java.util.List;
import java.util.Optional;

/**
 * What {@code buildx inspect} says of a builder.
 *
 * @param driver buildx's word; empty text when buildx could not find out
 * @param error why nothing more is known, in buildx's words
 */
public record Inspection(String name, String driver, Optional<String> error, List<InspectedNode> nodes) {
    public Inspection {
        nodes = List.copyOf(nodes);
    }

    /** The driver; empty for one that we do not know. */
    public Optional<Driver> knownDriver() {
        try {
            return Optional.of(Driver.parse(driver));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** Whether all its nodes are up. */
    public boolean running() {
        return error.isEmpty() && !nodes.isEmpty() && nodes.stream().allMatch(InspectedNode::running);
    }

    /** The first error of the builder or one of its nodes. {@code buildx inspect} exits 0 with them. */
    public Optional<String> firstError() {
        return error.or(() -> nodes.stream().flatMap(n -> n.error().stream()).findFirst());
    }

    /**
     * For the docker driver, whether the engine keeps images in containerd: its worker then carries containerd's labels,
     * and none at all with the older store. Empty for other drivers and while the engine is not reached.
     */
    public Optional<Boolean> containerdStore() {
        return knownDriver().equals(Optional.of(Driver.DOCKER)) && running()
                ? Optional.of(nodes.stream().allMatch(InspectedNode::onContainerd))
                : Optional.empty();
    }

    /** As the plan wants it. */
    public BuilderFacts facts() {
        return new BuilderFacts(
                name,
                knownDriver(),
                containerdStore(),
                nodes.stream().map(InspectedNode::facts).toList());
    }
}

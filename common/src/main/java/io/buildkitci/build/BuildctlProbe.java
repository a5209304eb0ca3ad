package io.buildkitci.build;

import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.EndpointTrial;
import io.buildkitci.daemon.Buildctl;
import io.buildkitci.daemon.BuildkitPrograms;
import io.buildkitci.daemon.Daemons;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.qemu.KernelEmulators;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what there is to build with where buildctl is the client. */
final class BuildctlProbe {
    private final Tools tools;
    private final BuildkitPrograms programs;

    BuildctlProbe(Tools tools, ClientEnvironment environment) {
        this.tools = tools;
        this.programs = new BuildkitPrograms(tools.files(), environment);
    }

    CapabilityProbe.Answer probe(BuildRequest request, DaemonChoice.ForBuildctl chosen, Depth depth)
            throws InterruptedException {
        Optional<Path> program = programs.buildctl();
        if (program.isEmpty()) {
            return new CapabilityProbe.Unusable(Daemons.missing(BuildkitPrograms.CLIENT, programs));
        }
        boolean runs = !chosen.daemon().equals(DaemonChoice.NOT_YET);
        Optional<BuilderFailure> unreachable = runs ? unreachable(chosen) : Optional.empty();
        if (unreachable.isPresent()) {
            return new CapabilityProbe.Unusable(unreachable.get());
        }
        Capabilities.Buildctl client = new Capabilities.Buildctl(
                List.of(program.get().toString()),
                Optional.empty(),
                chosen.daemon(),
                new Repositories(tools.processes(), tools.files()).look(request.source()));
        BuilderFacts builder =
                new BuilderFacts(chosen.name(), Optional.of(chosen.driver()), Optional.empty(), List.of());
        Capabilities known = new Capabilities(client, builder, Map.of());
        return new CapabilityProbe.Probed(depth == Depth.EVERYTHING && runs ? more(known, client) : known);
    }

    private Optional<BuilderFailure> unreachable(DaemonChoice.ForBuildctl chosen) throws InterruptedException {
        Optional<BuilderFailure> failure =
                new EndpointTrial(tools.processes(), Map.of(), tools.reachability()).of(chosen.daemon());
        return chosen.driver() == Driver.DOCKER_CONTAINER
                ? failure.map(none -> none.reason() == Reason.UNREACHABLE ? notBooted(chosen, none) : none)
                : failure;
    }

    /** buildx starts its containers when it builds, and buildctl does not. */
    private static BuilderFailure notBooted(DaemonChoice.ForBuildctl chosen, BuilderFailure failure) {
        return new BuilderFailure(
                failure.reason(),
                failure.text(),
                "start the builder: docker buildx inspect --bootstrap " + chosen.name()
                        + "; or leave the client to be chosen, for buildx starts it by itself",
                failure.evidence());
    }

    /** All that the daemon says of itself; no more than before when it does not answer. */
    Capabilities more(Capabilities known, Capabilities.Buildctl client) throws InterruptedException {
        BuilderFacts builder = known.builder();
        Optional<NodeFacts> node =
                new Buildctl(tools.processes(), client.command()).facts(client.daemon(), builder.name());
        return node.isPresent()
                ? new Capabilities(
                        client,
                        new BuilderFacts(
                                builder.name(), builder.driver(), builder.containerdStore(), List.of(node.get())),
                        KernelEmulators.read(tools.files()))
                : known;
    }
}

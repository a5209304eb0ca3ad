package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The builder that every Docker context has: nothing is created, only checked whether it is what was asked for. */
final class EngineBuilder {
    private final BuilderProbe probe;
    private final BuilderStore store;

    EngineBuilder(BuilderProbe probe, BuilderStore store) {
        this.probe = probe;
        this.store = store;
    }

    Creation check(BuilderSpec spec) throws InterruptedException {
        String name = spec.nodes().stream()
                .findFirst()
                .flatMap(NodeSpec::endpoint)
                .orElseGet(() -> spec.name().orElseGet(store::context));
        List<String> impossible = impossible(spec, name);
        if (!impossible.isEmpty()) {
            return refused(name, impossible);
        }
        BuilderProbe.Answer answer = probe.inspect(Optional.of(name));
        if (answer instanceof BuilderProbe.Failed failed) {
            return new Creation.Failed(failed.failure(), List.of());
        }
        if (!(answer instanceof BuilderProbe.Known known)) {
            return refused(name, List.of("name: no Docker context is called " + name));
        }
        Inspection engine = known.builder();
        Optional<String> error = engine.firstError();
        if (error.isPresent()) {
            String what = "the engine of context " + name + " does not answer";
            return new Creation.Failed(
                    BuilderFailure.of(BuilderFailure.Reason.NO_ENGINE, what, error.get()), List.of());
        }
        List<String> lacking = lacking(spec, engine);
        return lacking.isEmpty()
                ? new Creation.Reused(new BuilderSummary(engine), Optional.empty())
                : refused(name, lacking);
    }

    /** Flags of the daemon are passed over: hosts send default ones whatever the driver. */
    private static List<String> impossible(BuilderSpec spec, String name) {
        List<String> found = new ArrayList<>();
        if (spec.nodes().size() > 1) {
            found.add("nodes: an engine is one node, asked for " + spec.nodes().size());
        }
        if (spec.nodes().stream().anyMatch(n -> !n.driverOpts().isEmpty())) {
            found.add("driver-opts: the docker driver has none");
        }
        if (spec.buildkitdConfig().isPresent()) {
            found.add("buildkitd-config: the engine's BuildKit is configured in its daemon.json");
        }
        if (name.contains("://")) {
            found.add("endpoint: the docker driver wants the name of a Docker context, given " + name);
        }
        spec.name().filter(n -> !n.equals(name)).ifPresent(n -> found.add("name: has " + name + ", asked for " + n));
        return found;
    }

    private List<String> lacking(BuilderSpec spec, Inspection engine) {
        List<String> found = new ArrayList<>();
        if (engine.driver().equals(Driver.DOCKER_CONTAINER.render()) && store.isContext(engine.name())) {
            found.add("driver: the engine has no BuildKit of its own, as Podman's socket has none");
            return found;
        }
        if (!engine.driver().equals(spec.driver().render())) {
            found.add("driver: has " + engine.driver() + ", asked for " + spec.driver());
            return found;
        }
        List<Platform> has = new BuilderSummary(engine).platforms();
        for (NodeSpec node : spec.nodes()) {
            node.platforms().stream()
                    .filter(p -> !has.contains(p))
                    .forEach(p -> found.add("platforms: the engine does not offer " + p));
        }
        return found;
    }

    private static Creation refused(String name, List<String> why) {
        return new Creation.Refused(
                name, why, "use driver docker-container, or ask of the engine only what it has; emulators come first");
    }
}

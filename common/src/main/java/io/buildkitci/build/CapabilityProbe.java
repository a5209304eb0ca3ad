package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderProbe;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.BuildxCli;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.ConfiguredProxies;
import io.buildkitci.builder.EndpointTrial;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.Buildx;
import io.buildkitci.plan.Limits;
import io.buildkitci.qemu.KernelEmulators;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what there is to build with. Asking buildx costs a process each time, so it asks only what the request
 * depends on, unless everything is wanted: see ADR 0005.
 */
public final class CapabilityProbe {
    private final Tools tools;
    private final ClientEnvironment environment;
    private final Optional<Path> buildxProgram;

    /** @param buildxProgram the plugin's binary, if a person named one */
    public CapabilityProbe(Tools tools, ClientEnvironment environment, Optional<Path> buildxProgram) {
        this.tools = tools;
        this.environment = environment;
        this.buildxProgram = buildxProgram;
    }

    /** How much is asked. */
    public enum Depth {
        /** What decides whether and how the request can be built. */
        NEEDED,
        /** All there is to know, for plans that are shown. */
        EVERYTHING
    }

    /** What was found. */
    public sealed interface Answer {}

    /** There is something to build with. */
    public record Probed(Capabilities capabilities) implements Answer {}

    /** There is not. */
    public record Unusable(BuilderFailure failure) implements Answer {}

    /** Where buildx is, without running it. */
    public BuildxFinder.Finding buildx() {
        return new BuildxFinder(tools.files(), environment).find(buildxProgram);
    }

    /** At which addresses builders of this machine's buildx reached cache services. */
    ReachedAddresses reachedAddresses() {
        return new ReachedAddresses(tools.files(), environment.buildxConfig(), tools.clock());
    }

    Vanished vanished(Revival revival, HostWords words) {
        boolean daemonIsNamed = environment.buildkitHost().isPresent();
        return new Vanished(new BuilderStore(tools.files(), environment), daemonIsNamed, revival, words);
    }

    /** The client's version, which costs a process; empty when there is none or it does not say. */
    public Optional<Version> buildxVersion() throws InterruptedException {
        return buildx() instanceof BuildxFinder.Found found
                        && new BuildxCli(tools.processes(), found.command(), Map.of()).version()
                                instanceof BuildxCli.Usable usable
                ? usable.buildx().version()
                : Optional.empty();
    }

    /** Everything there is to build with, for a person. */
    public Diagnosis diagnose(Optional<String> builder, HostWords words) throws InterruptedException {
        return new Examination(tools, environment, buildx(), words).of(builder);
    }

    public Answer probe(BuildRequest request, Depth depth) throws InterruptedException {
        if (request.means().client() == ClientChoice.DOCKER) {
            Optional<Path> docker = new BuildxFinder(tools.files(), environment).docker();
            return docker.isPresent()
                    ? old(request, docker.get())
                    : new Unusable(BuilderFailure.of(BuilderFailure.Reason.NO_ENGINE, "there is no program docker"));
        }
        BuildxFinder.Finding finding = buildx();
        DaemonChoice.Choice choice = new DaemonChoice(tools.files(), environment).of(request.means(), finding);
        if (choice instanceof DaemonChoice.ForBuildctl chosen) {
            return new BuildctlProbe(tools, environment).probe(request, chosen, depth);
        }
        return choice instanceof DaemonChoice.Neither neither
                ? new Unusable(neither.failure())
                : probeBuildx(request, depth, finding);
    }

    private Answer probeBuildx(BuildRequest request, Depth depth, BuildxFinder.Finding finding)
            throws InterruptedException {
        if (!(finding instanceof BuildxFinder.Found found)) {
            List<String> looked = finding instanceof BuildxFinder.Missing missing ? missing.looked() : List.of();
            return new Unusable(BuilderFailure.noBuildx(looked));
        }
        BuildxCli client = new BuildxCli(tools.processes(), found.command(), Map.of());
        Optional<Path> docker = request.means().client() == ClientChoice.AUTO ? throughDocker(found) : Optional.empty();
        Buildx buildx = new Buildx(found.command(), Optional.empty());
        if (docker.isPresent() || depth == Depth.EVERYTHING || Limits.dependOnTheVersion(request)) {
            BuildxCli.Answer answer = client.version();
            if (answer instanceof BuildxCli.Unusable unusable) {
                return docker.isPresent() ? old(request, docker.get()) : new Unusable(unusable.failure());
            }
            buildx = answer instanceof BuildxCli.Usable usable ? usable.buildx() : buildx;
        }
        BuilderStore store = new BuilderStore(tools.files(), environment);
        Optional<String> name = request.builder().or(store::current);
        Optional<Driver> driver = store.driverOf(name);
        Optional<BuilderFailure> unreachable = unreachable(driver, name, store);
        if (unreachable.isPresent()) {
            return new Unusable(unreachable.get());
        }
        boolean enough = driver.isPresent() && !(driver.get() == Driver.DOCKER && Limits.dependOnTheStore(request));
        if (enough && depth == Depth.NEEDED) {
            BuilderFacts facts = new BuilderFacts(name.orElse(""), driver, Optional.empty(), List.of());
            return new Probed(
                    new Capabilities(buildx, facts, Map.of(), proxies().ofBuildx()));
        }
        BuilderProbe.Answer answer = new BuilderProbe(client).inspect(request.builder());
        if (answer instanceof BuilderProbe.Known known) {
            Map<String, String> emulators = KernelEmulators.read(tools.files());
            return new Probed(new Capabilities(
                    buildx, known.builder().facts(), emulators, proxies().ofBuildx()));
        }
        return new Unusable(
                answer instanceof BuilderProbe.Failed failed
                        ? failed.failure()
                        : BuilderFailure.noBuilder(((BuilderProbe.Unknown) answer).name()));
    }

    /** The docker program that buildx is a word of; a plugin that stands alone is known without a look along PATH. */
    private Optional<Path> throughDocker(BuildxFinder.Found found) {
        return found.command().size() == 1
                ? Optional.empty()
                : new BuildxFinder(tools.files(), environment)
                        .docker()
                        .filter(docker ->
                                docker.toString().equals(found.command().get(0)));
    }

    private Answer old(BuildRequest request, Path docker) throws InterruptedException {
        BuilderStore engines = new BuilderStore(tools.files(), environment);
        String name = request.builder().orElseGet(engines::context);
        Answer answer = new OldEngine(tools.processes(), docker).probe(name, engines.isContext(name));
        return answer instanceof Probed probed
                ? new Probed(probed.capabilities().with(proxies().ofDockerBuild()))
                : answer;
    }

    private ConfiguredProxies proxies() {
        return new ConfiguredProxies(tools.files(), environment);
    }

    /** buildx waits 20 s for a daemon that nobody answers for. */
    private Optional<BuilderFailure> unreachable(Optional<Driver> driver, Optional<String> name, BuilderStore store)
            throws InterruptedException {
        Optional<DaemonAddress> address =
                driver.equals(Optional.of(Driver.REMOTE)) ? name.flatMap(store::addressOf) : Optional.empty();
        return address.isPresent()
                ? new EndpointTrial(tools.processes(), Map.of(), tools.reachability()).of(address.get())
                : Optional.empty();
    }

    /** All about the builder, while it builds; no more than before when it cannot be asked, which harms no build. */
    Capabilities more(Capabilities capabilities, Optional<String> name) throws InterruptedException {
        if (capabilities.client() instanceof Capabilities.Buildctl buildctl) {
            return new BuildctlProbe(tools, environment).more(capabilities, buildctl);
        }
        if (capabilities.client() instanceof Capabilities.DockerBuild) {
            return capabilities;
        }
        BuildxCli client =
                new BuildxCli(tools.processes(), capabilities.client().command(), Map.of());
        return new BuilderProbe(client).inspect(name) instanceof BuilderProbe.Known known
                ? new Capabilities(
                        capabilities.client(),
                        known.builder().facts(),
                        KernelEmulators.read(tools.files()),
                        capabilities.proxies())
                : capabilities;
    }
}

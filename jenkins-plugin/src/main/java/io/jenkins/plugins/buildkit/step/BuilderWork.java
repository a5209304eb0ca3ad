package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.FilePath;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.Clients;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes and removes builders on the agent of a step and tells of it in the step's log. */
final class BuilderWork {
    /** Its image may have to be pulled first. */
    private static final Duration BOOT = Duration.ofMinutes(5);

    private final String step;
    private final Agent agent;
    private final FilePath directory;
    private final PrintStream log;

    private BuilderWork(String step, Agent agent, FilePath directory, PrintStream log) {
        this.step = step;
        this.agent = agent;
        this.directory = directory;
        this.log = log;
    }

    static BuilderWork of(String step, Place place) throws IOException, InterruptedException {
        return new BuilderWork(
                step,
                Agent.of(place.directory(), place.launcher(), place.environment()),
                place.directory(),
                place.log().getLogger());
    }

    /** The agent's name; empty text for the controller's own. */
    String agentName() throws IOException {
        return BuildxTool.computer(directory).getName();
    }

    /** A valid request, or every problem as the step's failure. */
    BuilderRequest check(BuilderCall call) throws AbortException {
        Checked<BuilderRequest> checked = BuilderInputs.check(call.inputs(), call.nodes(), agent.outside());
        if (checked instanceof Checked.Invalid<BuilderRequest> invalid) {
            throw new AbortException(StepFailure.of(step, invalid.problems()));
        }
        checked.notices().forEach(notice -> log.println("note: " + notice.render()));
        return ((Checked.Valid<BuilderRequest>) checked).value();
    }

    /** Makes it, or takes it as it is when it is just what is asked for; what it comes to has no secrets. */
    Creation create(BuilderRequest request, String name) throws AbortException, InterruptedException {
        Redactor redactor = Redactor.of(Stream.concat(
                        Credentials.of(request.builder()).stream(), Credentials.variables(request.builder()).stream())
                .toList());
        Creation creation =
                builders().create(request.builder(), name, BOOT, (stream, line) -> log.println(redactor.redact(line)));
        return creation instanceof Creation.Failed failed
                ? new Creation.Failed(masked(failed.failure(), redactor), failed.left())
                : creation;
    }

    private static BuilderFailure masked(BuilderFailure failure, Redactor redactor) {
        return new BuilderFailure(
                failure.reason(),
                redactor.redact(failure.text()),
                redactor.redact(failure.advice()),
                failure.evidence().stream().map(redactor::redact).toList());
    }

    /** The builder that is there now; what kept it from that is the step's failure. */
    BuilderSummary made(Creation creation) throws AbortException {
        if (creation instanceof Creation.Created created) {
            tell(created.builder(), "created");
            return created.builder();
        }
        if (creation instanceof Creation.Reused reused) {
            tell(reused.builder(), "was there");
            return reused.builder();
        }
        if (creation instanceof Creation.Refused refused) {
            throw new AbortException(
                    "builder '" + refused.name() + "' is not what was asked for; nothing was changed\n  - "
                            + String.join("\n  - ", refused.differences()) + "\n  -> " + refused.advice());
        }
        Creation.Failed failed = (Creation.Failed) creation;
        failed.left().forEach(left -> log.println("could not be removed again: " + left));
        throw new AbortException(StepFailure.of(failed.failure()));
    }

    /** By which other clients find what this makes. */
    Map<String, String> keptBuilders() {
        return agent.keptBuilders();
    }

    /** Whether there is anything of such a builder on the agent. */
    boolean exists(String name) throws AbortException {
        return builders().exists(name);
    }

    private void tell(BuilderSummary builder, String how) {
        log.println("builder " + builder.name() + " " + how + ", driver " + builder.driver() + ", " + builder.status()
                + builder.buildkit().map(v -> ", BuildKit " + v).orElse(""));
        log.println("platforms: "
                + builder.platforms().stream().map(Object::toString).collect(Collectors.joining(", ")));
    }

    /**
     * What cannot be removed is told, and fails nothing: the work that needed the builder is done.
     *
     * @return whether nothing of it is left
     */
    boolean remove(String name, boolean keepState) throws AbortException, InterruptedException {
        Removal removal = builders().remove(name, keepState, Optional.empty());
        if (removal instanceof Removal.Removed) {
            log.println("builder " + name + " removed");
        } else if (removal instanceof Removal.Failed failed) {
            log.println("builder " + name + " could not be removed: " + StepFailure.of(failed.failure()));
            failed.left().forEach(left -> log.println("  left: " + left));
        }
        return removal instanceof Removal.Removed || removal instanceof Removal.Unknown;
    }

    private Builders builders() throws AbortException {
        BuildxFinder finder = new BuildxFinder(agent.tools().files(), agent.clients());
        BuildxFinder.Finding finding = finder.find(agent.buildxProgram());
        if (finding instanceof BuildxFinder.Missing missing) {
            throw new AbortException(StepFailure.of(BuilderFailure.noBuildx(missing.looked())));
        }
        Clients clients = new Clients(
                ((BuildxFinder.Found) finding).command(),
                Optional.empty(),
                finder.docker().map(docker -> List.of(docker.toString())),
                Map.of());
        return new Builders(
                agent.tools().processes(),
                clients,
                new BuilderStore(agent.tools().files(), agent.clients()),
                agent.tools().workspaces(),
                agent.tools().reachability(),
                BuildPreparation.WORDS);
    }
}

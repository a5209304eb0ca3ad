package io.jenkins.plugins.buildkit.config;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.Creation;
import io.buildkitci.input.Checked;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Secret;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Redactor;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import io.jenkins.plugins.buildkit.housekeeping.BuilderUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** A builder of the configuration is made on the agent of a build when it is not there. */
final class BuilderOnAgent {
    /** Its image may have to be pulled first. */
    static final Duration BOOT = Duration.ofMinutes(5);

    private final AgentBuilders agent;
    private final Certificates.Source certificates;

    BuilderOnAgent(AgentBuilders agent, Certificates.Source certificates) {
        this.agent = agent;
        this.certificates = certificates;
    }

    /**
     * Takes the builder that is there, which one file of buildx tells, or makes it. Builds that want the same builder on the
     * same agent at once wait for the first one.
     *
     * @param run the build's externalizable ID
     * @param progress told what buildx says while the builder starts, without what is secret
     */
    Ensured ensure(ConfiguredBuilder configured, BuilderLedger ledger, String run, LineListener progress)
            throws InterruptedException {
        NodeCertificates bound =
                NodeCertificates.bind(configured, certificates, agent.certificates(configured.agentName()));
        Checked<BuilderRequest> checked = bound.builder().check(agent.outside());
        if (checked instanceof Checked.Invalid<BuilderRequest> invalid) {
            return new Ensured.Invalid(invalid.problems());
        }
        BuilderSpec spec = ((Checked.Valid<BuilderRequest>) checked).value().builder();
        try {
            if (spec.driver() == Driver.DOCKER) {
                return ensured(agent.builders().create(spec, BOOT, progress));
            }
            Lock lock = ledger.lock(agent.agent(), configured.agentName());
            lock.lockInterruptibly();
            try {
                ledger.note(use(configured, run));
                write(bound.files());
                return agent.builders().exists(configured.agentName())
                        ? new Ensured.Ready(configured.agentName(), false)
                        : ensured(create(spec, progress));
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            return notNoted(configured, e);
        }
    }

    private BuilderUse use(ConfiguredBuilder configured, String run) {
        Optional<Duration> unusedFor =
                switch (configured.cleanup()) {
                    case UNUSED -> Optional.of(Duration.ofDays(configured.unusedDays()));
                    case BUILD -> Optional.of(Duration.ZERO);
                    case NEVER -> Optional.empty();
                };
        return new BuilderUse(agent.agent(), configured.agentName(), run, configured.keepState(), unusedFor);
    }

    static Ensured notNoted(ConfiguredBuilder configured, IOException why) {
        BuilderFailure failure = new BuilderFailure(
                BuilderFailure.Reason.NO_DIRECTORY,
                "builder '" + configured.name() + "' is not made: " + why.getMessage(),
                "free or make writable what the message names",
                List.of());
        return new Ensured.Failed(failure, List.of());
    }

    private Creation create(BuilderSpec spec, LineListener progress) throws InterruptedException {
        Redactor redactor =
                Redactor.of(Stream.concat(Credentials.of(spec).stream(), Credentials.variables(spec).stream())
                        .toList());
        return agent.builders().create(spec, BOOT, (stream, line) -> progress.line(stream, redactor.redact(line)));
    }

    /** They are written for each build: whoever replaces them in Jenkins has replaced them. */
    private void write(Map<Path, Secret> files) throws IOException {
        for (Map.Entry<Path, Secret> file : files.entrySet()) {
            agent.files().writePrivate(file.getKey(), file.getValue().reveal().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Ensured ensured(Creation creation) {
        if (creation instanceof Creation.Created created) {
            return ready(created.builder(), true);
        }
        if (creation instanceof Creation.Reused reused) {
            return ready(reused.builder(), false);
        }
        if (creation instanceof Creation.Refused refused) {
            String text = "builder '" + refused.name() + "' is there and is not what the configuration asks for: "
                    + String.join("; ", refused.differences());
            return new Ensured.Failed(
                    new BuilderFailure(BuilderFailure.Reason.NOT_ACCEPTED, text, refused.advice(), List.of()),
                    List.of());
        }
        Creation.Failed failed = (Creation.Failed) creation;
        return new Ensured.Failed(failed.failure(), failed.left());
    }

    private static Ensured ready(BuilderSummary builder, boolean made) {
        return new Ensured.Ready(builder.name(), made);
    }
}

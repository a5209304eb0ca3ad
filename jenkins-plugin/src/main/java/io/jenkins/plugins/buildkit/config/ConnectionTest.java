package io.jenkins.plugins.buildkit.config;

import hudson.util.FormValidation;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Secret;
import io.buildkitci.process.LineListener;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Boots a builder under a name of its own, says what it can do and removes it. */
final class ConnectionTest {
    /** Its image may have to be pulled; a browser waits for the answer. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final LineListener NOBODY = (stream, line) -> {};

    private final AgentBuilders agent;
    private final Certificates.Source certificates;

    ConnectionTest(AgentBuilders agent, Certificates.Source certificates) {
        this.agent = agent;
        this.certificates = certificates;
    }

    /** Who must know what is made, so that it is removed even when this process is killed. */
    interface Notes {
        /** To be told before it is made; when it throws, nothing is. */
        void made(String builder) throws IOException;

        void removed(String builder) throws IOException;
    }

    FormValidation run(ConfiguredBuilder configured, Notes notes) throws InterruptedException {
        String name = "buildkit-ci-test-" + UUID.randomUUID().toString().substring(0, 8);
        NodeCertificates bound = NodeCertificates.bind(configured.called(name), certificates, agent.certificates(name));
        Checked<BuilderRequest> checked = bound.builder().check(agent.outside());
        if (checked instanceof Checked.Invalid<BuilderRequest> invalid) {
            return FormValidation.error(
                    invalid.problems().stream().map(Problem::render).collect(Collectors.joining("; ")));
        }
        BuilderRequest request = ((Checked.Valid<BuilderRequest>) checked).value();
        if (request.builder().driver() == Driver.DOCKER) {
            return told(agent.builders().create(request.builder(), LIMIT, NOBODY));
        }
        try {
            notes.made(name);
            return tried(request, bound.files(), name, notes);
        } catch (IOException e) {
            return FormValidation.error("not tried: " + e.getMessage());
        }
    }

    private FormValidation tried(BuilderRequest request, Map<Path, Secret> files, String name, Notes notes)
            throws IOException, InterruptedException {
        try {
            for (Map.Entry<Path, Secret> file : files.entrySet()) {
                agent.files()
                        .writePrivate(file.getKey(), file.getValue().reveal().getBytes(StandardCharsets.UTF_8));
            }
            Builders builders = agent.builders();
            Creation creation = builders.create(request.builder(), LIMIT, NOBODY);
            FormValidation said = told(creation);
            Removal removal = creation instanceof Creation.Created
                    ? builders.remove(name, false, Optional.empty())
                    : new Removal.Unknown(name);
            if (removal instanceof Removal.Failed failed) {
                return FormValidation.warning(said.getMessage() + "; but it was not removed: "
                        + failed.failure().text() + left(failed.left()));
            }
            if (!(creation instanceof Creation.Failed failed) || failed.left().isEmpty()) {
                notes.removed(name);
            }
            return said;
        } finally {
            agent.files().remove(agent.certificates(name));
        }
    }

    private static FormValidation told(Creation creation) {
        if (creation instanceof Creation.Created created) {
            return works(created.builder());
        }
        if (creation instanceof Creation.Reused reused) {
            return works(reused.builder());
        }
        if (creation instanceof Creation.Refused refused) {
            return FormValidation.error(String.join("; ", refused.differences()) + ". " + sentence(refused.advice()));
        }
        BuilderFailure failure = ((Creation.Failed) creation).failure();
        List<String> left = ((Creation.Failed) creation).left();
        return FormValidation.error(failure.text() + ". " + sentence(failure.advice()) + left(left));
    }

    private static FormValidation works(BuilderSummary builder) {
        String buildkit = builder.buildkit().map(v -> "BuildKit " + v + " ").orElse("BuildKit ");
        String emulated =
                builder.emulatedPlatforms().isEmpty() ? "" : "; by emulation " + texts(builder.emulatedPlatforms());
        List<Platform> its = builder.nativePlatforms().isEmpty() ? builder.platforms() : builder.nativePlatforms();
        return FormValidation.ok(buildkit + "runs and builds for " + texts(its) + emulated);
    }

    private static String texts(List<Platform> platforms) {
        return platforms.stream().map(Platform::render).collect(Collectors.joining(", "));
    }

    private static String sentence(String advice) {
        return advice.isEmpty() ? "" : Character.toUpperCase(advice.charAt(0)) + advice.substring(1) + ".";
    }

    private static String left(List<String> left) {
        return left.isEmpty() ? "" : " Left behind: " + String.join(", ", left) + ".";
    }
}

package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.build.Secrets;
import io.buildkitci.build.Tools;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Outside;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.parameters.JenkinsWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From what a script asked to all that is known before the client runs: found out at the start and after a restart. */
final class BuildPreparation {
    static final HostWords WORDS = new JenkinsWords();

    private final BuildCall call;
    private final Agent agent;
    private final Run<?, ?> run;
    private final Handed.Source credentials;
    private final Tools tools;

    /** @param tools of the agent, for all that is done with it later */
    BuildPreparation(BuildCall call, Agent agent, Tools tools, Run<?, ?> run, Handed.Source credentials) {
        this.call = call;
        this.agent = agent;
        this.tools = tools;
        this.run = run;
        this.credentials = credentials;
    }

    /** What came of it. */
    sealed interface Outcome {}

    /** It can be built. */
    record Prepared(Builds builds, Builds.Ready ready, Redactor redactor, Handed handed, List<Notice> notices)
            implements Outcome {
        Prepared {
            notices = List.copyOf(notices);
        }
    }

    /** It cannot; the text is for people, masked. */
    record Refused(String text) implements Outcome {}

    /** @param workspace private; files of credentials lie in it */
    Outcome prepare(Workspace workspace) throws InterruptedException {
        Handed handed;
        try {
            handed = credentials.hand(call.credentials(), run, agent, workspace);
        } catch (IOException e) {
            return new Refused("buildkitBuild: " + e.getMessage() + "; nothing was run");
        }
        Checked<BuildRequest> checked = BuildInputs.check(call.inputs(handed.inputs()), outside(handed));
        if (checked instanceof Checked.Invalid<BuildRequest> invalid) {
            return new Refused(StepFailure.of("buildkitBuild", invalid.problems()));
        }
        Checked.Valid<BuildRequest> valid = (Checked.Valid<BuildRequest>) checked;
        return prepare(valid, handed);
    }

    private Outcome prepare(Checked.Valid<BuildRequest> valid, Handed handed) throws InterruptedException {
        BuildRequest request =
                valid.value().withContext(agent.context(valid.value().source().context()));
        CapabilityProbe probe = new CapabilityProbe(tools, agent.clients(), agent.buildxProgram());
        Builds builds = new Builds(tools, probe, WORDS);
        List<String> secrets =
                new ArrayList<>(Secrets.values(request, outside(handed).variable(), tools.files()));
        secrets.addAll(handed.secrets());
        Redactor redactor = Redactor.of(secrets);
        Builds.Prepared prepared =
                builds.prepare(request, CacheBranches.scope(request, agent.environment()), Depth.NEEDED);
        return prepared instanceof Builds.Unusable unusable
                ? new Refused(redactor.redact(StepFailure.of(unusable.failure())))
                : new Prepared(builds, (Builds.Ready) prepared, redactor, handed, valid.notices());
    }

    private Outside outside(Handed handed) {
        Outside outside = agent.outside();
        return new Outside(
                name -> Optional.ofNullable(handed.environment().get(name))
                        .or(() -> outside.variable().apply(name)),
                outside.readableFile(),
                outside.directory());
    }
}

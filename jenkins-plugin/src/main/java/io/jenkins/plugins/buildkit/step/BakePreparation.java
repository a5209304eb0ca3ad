package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.build.Bakes;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Revival;
import io.buildkitci.build.Tools;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.model.Attributes;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.credentials.CredentialsAnswer;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.Handed;
import io.jenkins.plugins.buildkit.credentials.JenkinsCredentials;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From what a script asked of a definition to all that is known before the client runs. */
final class BakePreparation {
    private static final String STEP = "buildkitBake";

    private final BuildCall call;
    private final Revival revival;
    private final LiveAgent live;
    private final Run<?, ?> run;

    BakePreparation(Chosen chosen, LiveAgent live, Run<?, ?> run) {
        this.call = chosen.call();
        this.revival = chosen.revival();
        this.live = live;
        this.run = run;
    }

    /** It can be built. */
    record Prepared(Bakes bakes, Bakes.Ready ready, Handed handed, List<Notice> notices) {
        Prepared {
            notices = List.copyOf(notices);
        }

        /** The same with a cache service, or without. */
        Prepared with(Bakes.Ready other) {
            return new Prepared(bakes, other, handed, notices);
        }

        /** Masks the tokens of a cache service, too. */
        Redactor redactor() {
            return BakePreparation.redactor(ready.credentials(), handed);
        }
    }

    private static Redactor redactor(List<String> credentials, Handed handed) {
        List<String> secrets = new ArrayList<>(credentials);
        secrets.addAll(handed.secrets());
        return Redactor.of(secrets);
    }

    /**
     * @param workspace private; files of credentials lie in it
     * @throws AbortException with all that is wrong with the parameters, or with why it cannot be built
     */
    Prepared prepare(Workspace workspace) throws IOException, InterruptedException {
        Agent agent = live.now();
        Checked<BakeInputs.Asked> checked = BakeInputs.check(StepParameters.rawInput(call.texts()), agent.outside());
        Handed handed = handed(agent, workspace, problems(checked));
        BakeRequest request =
                ((Checked.Valid<BakeInputs.Asked>) checked).value().request().setting(settings(handed.inputs()));
        Redactor redactor = redactor(Credentials.of(request), handed);
        Tools tools = BuildPreparation.with(handed.environment(), live.tools());
        CapabilityProbe probe = new CapabilityProbe(tools, agent.clients(), agent.buildxProgram());
        Bakes bakes = new Bakes(tools, probe, new Builds(tools, probe, BuildPreparation.WORDS, revival));
        Bakes.Prepared prepared = bakes.prepare(
                request,
                target -> CacheBranches.scope(target, agent.environment()),
                agent.outside().variable(),
                redactor);
        if (prepared instanceof Bakes.Wrong wrong) {
            throw new AbortException(redactor.redact(StepFailure.of(STEP, wrong.problems())));
        }
        if (prepared instanceof Bakes.Unusable unusable) {
            throw new AbortException(redactor.redact(StepFailure.of(unusable.failure())));
        }
        return new Prepared(bakes, (Bakes.Ready) prepared, handed, checked.notices());
    }

    private static List<Problem> problems(Checked<BakeInputs.Asked> checked) {
        return checked instanceof Checked.Invalid<BakeInputs.Asked> invalid
                ? invalid.problems().stream().map(BuildPreparation::inJenkins).toList()
                : List.of();
    }

    /** What credentials come to, unless something is wrong with them or with the rest. */
    private Handed handed(Agent agent, Workspace workspace, List<Problem> others) throws IOException {
        List<Problem> problems = new ArrayList<>(others);
        CredentialsAsked asked = call.credentials();
        if (!asked.registry().isEmpty() && asked.registryUrl().isEmpty()) {
            problems.add(new Problem(
                    "registryUrl", "", "says whose registry the credentials are for; several targets have several"));
            asked = new CredentialsAsked("", "", asked.secrets(), asked.ssh());
        }
        CredentialsAnswer answer = JenkinsCredentials.hand(asked, run, agent, workspace);
        if (answer instanceof CredentialsAnswer.Lacking lacking) {
            problems.addAll(lacking.problems());
        }
        if (!problems.isEmpty()) {
            throw new AbortException(StepFailure.of(STEP, problems));
        }
        return (Handed) answer;
    }

    /** For every target, beside those that the definition names: buildx has no other way to hand over a secret. */
    private static List<String> settings(Map<String, List<String>> inputs) {
        List<String> settings = new ArrayList<>();
        for (String secret : inputs.getOrDefault("secret-files", List.of())) {
            int separator = secret.indexOf('=');
            Attributes file = Attributes.of("type", "file")
                    .with("id", secret.substring(0, separator))
                    .with("src", secret.substring(separator + 1));
            settings.add("*.secrets+=" + file.render());
        }
        inputs.getOrDefault("ssh", List.of()).forEach(key -> settings.add("*.ssh+=" + key));
        return settings;
    }
}

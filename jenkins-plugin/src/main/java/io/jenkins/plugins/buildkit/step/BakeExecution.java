package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.build.Bakes;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.Tools;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BakeText;
import io.buildkitci.report.Glyphs;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.credentials.CredentialsAnswer;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.Handed;
import io.jenkins.plugins.buildkit.credentials.JenkinsCredentials;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.parameters.JenkinsWords;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitBake} that runs. After a restart it begins anew: what was built is in the builder's cache. */
final class BakeExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;
    private static final String STEP = "buildkitBake";

    private final TreeMap<String, String> texts;
    private final String registry;
    private final String registryUrl;

    BakeExecution(StepContext context, Map<String, String> texts, CredentialsAsked asked, String buildx) {
        super(context, buildx);
        this.texts = new TreeMap<>(texts);
        this.registry = asked.registry();
        this.registryUrl = asked.registryUrl();
    }

    @Override
    public boolean start() {
        inBackground(this::bake);
        return false;
    }

    @Override
    public void onResume() {
        inBackground(this::bake);
    }

    private void bake(Place place) throws IOException, InterruptedException {
        Agent agent = Agent.of(place.directory(), place.launcher(), place.environment());
        Checked<BakeInputs.Asked> checked = BakeInputs.check(StepParameters.rawInput(texts), agent.outside());
        PrintStream log = place.log().getLogger();
        checked.notices().forEach(notice -> log.println("note: " + notice.render()));
        if (checked instanceof Checked.Invalid<BakeInputs.Asked> invalid) {
            throw new AbortException(StepFailure.of(STEP, invalid.problems()));
        }
        if (!registry.isEmpty() && registryUrl.isEmpty()) {
            throw new AbortException(StepFailure.ofTexts(
                    STEP,
                    List.of("registryUrl: says whose registry the credentials are for; several targets have several")));
        }
        BakeRequest request =
                ((Checked.Valid<BakeInputs.Asked>) checked).value().request();
        try (Workspace files = agent.tools().workspaces().open()) {
            Handed handed = handed(agent, files);
            List<String> secrets = new ArrayList<>(Credentials.of(request));
            secrets.addAll(handed.secrets());
            Tools tools = BuildPreparation.with(handed.environment(), agent.tools());
            succeeded(carryOut(new Work(request, agent, tools, Redactor.of(secrets), log)));
        }
    }

    private Handed handed(Agent agent, Workspace files) throws IOException, InterruptedException {
        CredentialsAsked asked = new CredentialsAsked(registry, registryUrl, List.of(), List.of());
        CredentialsAnswer answer = JenkinsCredentials.hand(asked, getContext().get(Run.class), agent, files);
        if (answer instanceof CredentialsAnswer.Lacking lacking) {
            throw new AbortException(StepFailure.of(STEP, lacking.problems()));
        }
        return (Handed) answer;
    }

    /** What is to be done, and with what. */
    private record Work(BakeRequest request, Agent agent, Tools tools, Redactor redactor, PrintStream log) {}

    private static BakeResult carryOut(Work work) throws IOException, InterruptedException {
        Agent agent = work.agent();
        CapabilityProbe probe = new CapabilityProbe(work.tools(), agent.clients(), agent.buildxProgram());
        Bakes bakes = new Bakes(work.tools(), probe, new Builds(work.tools(), probe, new JenkinsWords()));
        Redactor redactor = work.redactor();
        Bakes.Prepared prepared =
                bakes.prepare(work.request(), target -> CacheBranches.scope(target, agent.environment()), redactor);
        if (prepared instanceof Bakes.Wrong wrong) {
            throw new AbortException(redactor.redact(StepFailure.of(STEP, wrong.problems())));
        }
        if (prepared instanceof Bakes.Unusable unusable) {
            throw new AbortException(redactor.redact(StepFailure.of(unusable.failure())));
        }
        Baked baked = bakes.run(
                (Bakes.Ready) prepared,
                () -> new PlainProgress(work.log(), agent.tools().clock(), redactor, false),
                redactor);
        BakeReport report = BakeReports.of(baked);
        work.log().print(redactor.redact(new BakeText(Glyphs.UNICODE).render(report)));
        Optional<BuildFailure> failure = baked.failure();
        if (failure.isPresent()) {
            throw new AbortException(redactor.redact(StepFailure.text("The images were not built", failure.get())));
        }
        return BakeResult.of(report, redactor.redact(baked.metadataJson().orElse("")));
    }

    @Override
    public String getStatus() {
        return "building the targets of a definition";
    }
}

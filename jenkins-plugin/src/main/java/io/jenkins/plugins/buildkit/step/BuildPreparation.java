package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.build.Builds;
import io.buildkitci.build.CapabilityProbe;
import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.build.Revival;
import io.buildkitci.build.Secrets;
import io.buildkitci.build.Tools;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.ClientChoice;
import io.buildkitci.model.ImageRef;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.words.HostWords;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.credentials.CredentialsAnswer;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.Handed;
import io.jenkins.plugins.buildkit.credentials.JenkinsCredentials;
import io.jenkins.plugins.buildkit.parameters.JenkinsWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From what a script asked to all that is known before the client runs: found out at the start and after a restart. */
final class BuildPreparation {
    static final HostWords WORDS = new JenkinsWords();
    private static final String UNKNOWN = "registry.invalid";

    private final BuildCall call;
    private final Revival revival;
    private final Agent agent;
    private final Run<?, ?> run;
    private final Tools tools;

    /** @param tools of the agent, for all that is done with it later */
    BuildPreparation(Chosen chosen, Agent agent, Tools tools, Run<?, ?> run) {
        this.call = chosen.call();
        this.revival = chosen.revival();
        this.agent = agent;
        this.tools = tools;
        this.run = run;
    }

    /** It can be built. */
    record Prepared(
            Builds builds,
            Builds.Ready ready,
            CacheScope scope,
            Redactor redactor,
            Handed handed,
            List<Notice> notices) {
        Prepared {
            notices = List.copyOf(notices);
        }

        /** The same with a cache service, whose tokens are masked too. */
        Prepared with(Builds.Ready other, Redactor withTokens) {
            return new Prepared(builds, other, scope, withTokens, handed, notices);
        }
    }

    /**
     * @param workspace private; files of credentials lie in it
     * @throws AbortException with all that is wrong with the parameters, or with why it cannot be built
     */
    Prepared prepare(Workspace workspace) throws AbortException, InterruptedException {
        CredentialsAsked asked = call.credentials();
        Checked<BuildRequest> checked = BuildInputs.check(call.inputs(Map.of()), outside(Handed.NOTHING));
        if (asked.isEmpty()) {
            return prepare(valid(checked), Handed.NOTHING);
        }
        CredentialsAnswer answer;
        try {
            answer = JenkinsCredentials.hand(asked.forImageOf(registry(checked)), run, agent, workspace);
        } catch (IOException e) {
            throw new AbortException("buildkitBuild: the credentials cannot be handed to the client: " + e.getMessage()
                    + "; nothing was run");
        }
        if (!(answer instanceof Handed handed)) {
            throw refused(
                    Stream.concat(problems(checked).stream(), ((CredentialsAnswer.Lacking) answer).problems().stream())
                            .toList());
        }
        Checked<BuildRequest> all = BuildInputs.check(call.inputs(handed.inputs()), outside(handed));
        return prepare(valid(all), handed);
    }

    private static Checked.Valid<BuildRequest> valid(Checked<BuildRequest> checked) throws AbortException {
        if (checked instanceof Checked.Valid<BuildRequest> valid) {
            return valid;
        }
        throw refused(problems(checked));
    }

    private static List<Problem> problems(Checked<BuildRequest> checked) {
        return checked instanceof Checked.Invalid<BuildRequest> invalid ? invalid.problems() : List.of();
    }

    private static AbortException refused(List<Problem> problems) {
        return new AbortException(StepFailure.of(
                "buildkitBuild",
                problems.stream().map(BuildPreparation::inJenkins).toList()));
    }

    /** A service that a build names wants a token, for which steps have no parameter. */
    static Problem inJenkins(Problem problem) {
        return problem.input().equals("cache-token")
                ? new Problem(
                        "cache",
                        "service",
                        "is not for steps of Jenkins; write 'jenkins', and configure the service in"
                                + " Manage Jenkins » BuildKit")
                : problem;
    }

    /** That of the first tag; empty where none tells. */
    private String registry(Checked<BuildRequest> checked) {
        if (checked instanceof Checked.Valid<BuildRequest> valid) {
            return valid.value().naming().tags().stream()
                    .findFirst()
                    .map(ImageRef::registry)
                    .orElse("");
        }
        return UNKNOWN; // what is wrong with the parameters is told; nobody logs in
    }

    private Prepared prepare(Checked.Valid<BuildRequest> valid, Handed handed)
            throws AbortException, InterruptedException {
        BuildRequest request = valid.value()
                .withContext(agent.context(valid.value().source().context()))
                .withMeans(new BuildRequest.Means(valid.value().builder(), ClientChoice.BUILDX, false));
        Tools withLogins = with(handed.environment(), tools);
        CapabilityProbe probe = new CapabilityProbe(withLogins, agent.clients(), agent.buildxProgram());
        Builds builds = new Builds(withLogins, probe, WORDS, revival);
        CacheScope scope = CacheBranches.scope(request, agent.environment());
        Builds.Prepared prepared = builds.prepare(request, scope, Depth.NEEDED);
        if (prepared instanceof Builds.Unusable unusable) {
            List<String> secrets = Secrets.values(request, outside(handed).variable(), tools.files());
            throw new AbortException(redactor(secrets, handed).redact(StepFailure.of(unusable.failure())));
        }
        return ready((Builds.Ready) prepared, builds, scope, handed, valid.notices());
    }

    private Prepared ready(Builds.Ready ready, Builds builds, CacheScope scope, Handed handed, List<Notice> notices) {
        return new Prepared(builds, ready, scope, redactor(ready, handed), handed, notices);
    }

    /** The same with a cache service. */
    Prepared with(Builds.Ready ready, Prepared prepared) {
        return prepared.with(ready, redactor(ready, prepared.handed()));
    }

    private Redactor redactor(Builds.Ready ready, Handed handed) {
        return redactor(Secrets.values(ready, outside(handed).variable(), tools.files()), handed);
    }

    private static Redactor redactor(List<String> ofTheBuild, Handed handed) {
        List<String> secrets = new ArrayList<>(ofTheBuild);
        secrets.addAll(handed.secrets());
        return Redactor.of(secrets);
    }

    /** The tools, with variables for every process: who asks a registry about the image has to log in too. */
    static Tools with(Map<String, String> variables, Tools tools) {
        ProcessRunner processes = (command, output) -> {
            Map<String, String> all = new HashMap<>(variables);
            all.putAll(command.environment());
            return tools.processes().run(command.withEnvironment(all), output);
        };
        return new Tools(
                tools.platform(),
                processes,
                tools.files(),
                tools.workspaces(),
                tools.engine(),
                tools.reachability(),
                tools.clock());
    }

    private Outside outside(Handed handed) {
        Outside outside = agent.outside();
        return new Outside(
                name -> Optional.ofNullable(handed.environment().get(name))
                        .or(() -> outside.variable().apply(name)),
                outside.readableFile(),
                outside.directory(),
                outside.text());
    }
}

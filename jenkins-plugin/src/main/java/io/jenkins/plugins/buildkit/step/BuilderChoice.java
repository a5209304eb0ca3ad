package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.config.ConfiguredBuilder;
import io.jenkins.plugins.buildkit.config.Ensured;
import io.jenkins.plugins.buildkit.config.JenkinsBuilders;
import io.jenkins.plugins.buildkit.config.NamedBuilders;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which builder a build uses: one of this Jenkins' configuration, which is made on the agent when it is not there, or one
 * of the agent's own.
 */
final class BuilderChoice {
    private static final String BUILDER = "builder";
    private static final String CACHE = "cache";

    private final NamedBuilders configured;
    private final Agent agent;
    private final String agentName;
    private final PrintStream log;
    private final ImageArguments.Check check;

    private BuilderChoice(Agent agent, String agentName, PrintStream log, ImageArguments.Check check) {
        this.configured = new JenkinsBuilders();
        this.agent = agent;
        this.agentName = agentName;
        this.log = log;
        this.check = check;
    }

    /**
     * Of a build of this Jenkins.
     *
     * @param check of the engine, for the parameters of the step
     */
    static BuilderChoice on(Agent agent, FilePath workspace, TaskListener log, ImageArguments.Check check)
            throws IOException {
        return new BuilderChoice(agent, BuildxTool.computer(workspace).getName(), log.getLogger(), check);
    }

    /**
     * The same call for a builder that is on the agent, with what the configuration says of its cache.
     *
     * @throws AbortException when a configured builder cannot be had
     */
    BuildCall settle(BuildCall call, Run<?, ?> run) throws AbortException, InterruptedException {
        Optional<String> asked = Optional.ofNullable(call.texts().get(BUILDER)).map(String::strip);
        if (asked.isEmpty()
                && !agent.environment().getOrDefault("BUILDX_BUILDER", "").isEmpty()) {
            return call; // the surroundings of the step name one
        }
        Optional<ConfiguredBuilder> found = configured.find(asked, agentName);
        if (found.isEmpty() || isHopeless(call)) {
            return call;
        }
        String name = ensure(found.get(), run.getExternalizableId());
        return cached(call.with(Map.of(BUILDER, name)), found.get());
    }

    /** With parameters that are wrong nothing is made: the step is about to tell of them. */
    private boolean isHopeless(BuildCall call) {
        return call.credentials().isEmpty() && !isValid(call);
    }

    private boolean isValid(BuildCall call) {
        return check.check(StepParameters.rawInput(call.texts()), agent.outside()) instanceof Checked.Valid<?>;
    }

    /** A default gives way to what a build says that does not go with it, as {@code cacheFrom}. */
    private BuildCall cached(BuildCall call, ConfiguredBuilder builder) {
        if (builder.cache().isEmpty() || call.texts().containsKey(CACHE)) {
            return call;
        }
        BuildCall cached = call.with(Map.of(CACHE, builder.cache().get()));
        if (isValid(call) && !isValid(cached)) {
            log.println("note: the cache of builder '" + builder.name() + "', "
                    + builder.cache().get() + ", does not go with the parameters of this build and is not used");
            return call;
        }
        return cached;
    }

    private String ensure(ConfiguredBuilder builder, String run) throws AbortException, InterruptedException {
        AgentBuilders.Finding finding = AgentBuilders.find(
                agentName,
                agent.tools(),
                agent.clients(),
                agent.buildxProgram(),
                agent.outside(),
                BuildPreparation.WORDS);
        if (finding instanceof AgentBuilders.Missing missing) {
            throw new AbortException(StepFailure.of(missing.failure()));
        }
        Ensured ensured = configured.ensure(
                builder, ((AgentBuilders.Found) finding).builders(), run, (stream, line) -> log.println(line));
        if (ensured instanceof Ensured.Ready ready) {
            log.println("builder " + builder.name() + (ready.made() ? " made as " : " is ") + ready.builder());
            return ready.builder();
        }
        if (ensured instanceof Ensured.Failed failed) {
            failed.left().forEach(left -> log.println("could not be removed again: " + left));
            throw new AbortException(
                    "builder '" + builder.name() + "' could not be made: " + StepFailure.of(failed.failure()));
        }
        throw new AbortException("builder '" + builder.name() + "' is configured wrongly; nothing was run\n  "
                + ((Ensured.Invalid) ensured)
                        .problems().stream().map(Problem::render).collect(Collectors.joining("\n  ")));
    }
}

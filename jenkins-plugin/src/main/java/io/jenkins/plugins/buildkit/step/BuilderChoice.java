package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.build.Revival;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.Revived;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Problem;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.config.ConfiguredBuilder;
import io.jenkins.plugins.buildkit.config.Ensured;
import io.jenkins.plugins.buildkit.config.JenkinsBuilders;
import io.jenkins.plugins.buildkit.config.NamedBuilders;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which builder a build uses: one of this Jenkins' configuration, which is made on the agent when it is not there, that of
 * the block around the step, or one of the agent's own.
 */
final class BuilderChoice {
    private static final String BUILDER = "builder";
    private static final String CACHE = "cache";

    private final NamedBuilders configured = new JenkinsBuilders();
    private final Agent agent;
    private final Place place;
    private final Optional<BlockBuilder> block;
    private final ImageArguments.Check check;

    /**
     * @param block the builder of the block around the step
     * @param check of the engine, for the parameters of the step
     */
    BuilderChoice(Agent agent, Place place, Optional<BlockBuilder> block, ImageArguments.Check check) {
        this.agent = agent;
        this.place = place;
        this.block = block;
        this.check = check;
    }

    /**
     * The same call for a builder that is on the agent, with what the configuration says of its cache.
     *
     * @throws AbortException when a configured builder cannot be had
     */
    Chosen choose(BuildCall call, Run<?, ?> run) throws IOException, InterruptedException {
        boolean namedAround = asked(call).isEmpty() && around().isPresent();
        String agentName = BuildxTool.computer(place.directory()).getName();
        Optional<ConfiguredBuilder> found = namedAround ? Optional.empty() : configured.find(asked(call), agentName);
        if (found.isEmpty() || isHopeless(call)) {
            return again(call, run);
        }
        ConfiguredBuilder builder = found.get();
        Ensured ensured = ensure(builder, agentName, run);
        if (!(ensured instanceof Ensured.Ready ready)) {
            throw refused(builder, ensured);
        }
        log().println("builder " + builder.name() + (ready.made() ? " made as " : " is ") + ready.builder());
        return new Chosen(
                cached(call.with(Map.of(BUILDER, ready.builder())), builder),
                (gone, seen) -> gone.equals(ready.builder())
                        ? revived(ensure(builder, agentName, run))
                        : new Revived.NotKnown(false));
    }

    /** A call that was settled upon before this controller started. */
    Chosen again(BuildCall call, Run<?, ?> run) {
        String name = asked(call).or(this::around).orElse("");
        return new Chosen(
                call,
                block.filter(ours -> ours.isOurs(name))
                        .map(ours -> (Revival) (gone, seen) -> ours.again(gone, place, run))
                        .orElse(Revival.NONE));
    }

    private static Optional<String> asked(BuildCall call) {
        return Optional.ofNullable(call.texts().get(BUILDER)).map(String::strip);
    }

    /** The builder that the surroundings of the step name. */
    private Optional<String> around() {
        return Optional.ofNullable(agent.environment().get("BUILDX_BUILDER")).filter(name -> !name.isEmpty());
    }

    private PrintStream log() {
        return place.log().getLogger();
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
            log().println("note: the cache of builder '" + builder.name() + "', "
                    + builder.cache().get() + ", does not go with the parameters of this build and is not used");
            return call;
        }
        return cached;
    }

    private Ensured ensure(ConfiguredBuilder builder, String agentName, Run<?, ?> run) throws InterruptedException {
        AgentBuilders.Finding finding = AgentBuilders.find(
                agentName,
                agent.tools(),
                agent.clients(),
                agent.buildxProgram(),
                agent.outside(),
                BuildPreparation.WORDS);
        return finding instanceof AgentBuilders.Missing missing
                ? new Ensured.Failed(missing.failure(), List.of())
                : configured.ensure(
                        builder,
                        ((AgentBuilders.Found) finding).builders(),
                        run.getExternalizableId(),
                        (stream, line) -> log().println(line));
    }

    private AbortException refused(ConfiguredBuilder builder, Ensured ensured) {
        if (ensured instanceof Ensured.Failed failed) {
            failed.left().forEach(left -> log().println("could not be removed again: " + left));
            return new AbortException(
                    "builder '" + builder.name() + "' could not be made: " + StepFailure.of(failed.failure()));
        }
        return new AbortException("builder '" + builder.name() + "' is configured wrongly; nothing was run\n  "
                + problems((Ensured.Invalid) ensured).collect(Collectors.joining("\n  ")));
    }

    private static Revived revived(Ensured ensured) {
        if (ensured instanceof Ensured.Ready ready) {
            return ready.made() ? new Revived.MadeAgain() : new Revived.Remembered(List.of());
        }
        return new Revived.Failed(
                ensured instanceof Ensured.Failed failed
                        ? failed.failure()
                        : BuilderFailure.of(
                                BuilderFailure.Reason.NOT_ACCEPTED,
                                problems((Ensured.Invalid) ensured).collect(Collectors.joining("; "))));
    }

    private static Stream<String> problems(Ensured.Invalid invalid) {
        return invalid.problems().stream().map(Problem::render);
    }
}

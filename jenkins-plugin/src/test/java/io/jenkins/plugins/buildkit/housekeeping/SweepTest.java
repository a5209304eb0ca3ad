package io.jenkins.plugins.buildkit.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.builder.Clients;
import io.buildkitci.input.Outside;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.words.HostWords;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path home;

    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private BuilderLedger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = new BuilderLedger(home.resolve("builders.json"), () -> NOON);
    }

    /** An agent with a buildx and a docker that are played. */
    private static final class Agent {
        final FakeProcessRunner programs = new FakeProcessRunner();
        final InMemoryFiles files = new InMemoryFiles();
        boolean online = true;

        Agent() {
            programs.on("docker", "container", "ls");
            programs.on("docker", "volume", "ls");
        }

        void remembers(String builder) {
            files.with(
                    "/bx/instances/" + builder,
                    "{\"Name\":\"" + builder + "\",\"Driver\":\"docker-container\",\"Nodes\":[{\"Name\":\"" + builder
                            + "0\",\"Endpoint\":\"\"}]}");
            programs.on("buildx", "rm", builder);
        }

        AgentBuilders builders(String name) {
            ClientEnvironment environment =
                    ClientEnvironment.from(Map.of("BUILDX_CONFIG", "/bx"), Path.of("/home/j"), Os.LINUX);
            Builders builders = new Builders(
                    programs,
                    new Clients(List.of("buildx"), Optional.empty(), Optional.of(List.of("docker")), Map.of()),
                    new BuilderStore(files, environment),
                    new InMemoryWorkspaces(files),
                    new SocketReachability(),
                    HostWords.PLAIN);
            Outside outside = new Outside(variable -> Optional.empty(), file -> false, directory -> false);
            return new AgentBuilders(name, builders, files, Path.of("/bx"), outside);
        }

        List<String> removals() {
            return programs.commandLines().stream()
                    .filter(line -> line.contains(" rm "))
                    .toList();
        }
    }

    private Agent agent(String name) {
        return agents.computeIfAbsent(name, n -> new Agent());
    }

    private void sweep(String... running) throws Exception {
        Sweep.Agents online = new Sweep.Agents() {
            @Override
            public List<String> names() {
                return List.copyOf(agents.keySet());
            }

            @Override
            public Optional<AgentBuilders> at(String agent) {
                Agent there = agent(agent);
                return there.online ? Optional.of(there.builders(agent)) : Optional.empty();
            }
        };
        new Sweep(ledger, online, log::add, NOON).run(List.of(running)::contains);
    }

    @Test
    void removesABuilderWhoseBuildIsOverAndItsCertificates() throws Exception {
        agent("arm-1").remembers("buildkit-ci-ab");
        agent("arm-1").files.with("/bx/certs/buildkit-ci-ab/0-key.pem", "KEY");
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(agent("arm-1").removals()).containsExactly("buildx rm buildkit-ci-ab");
        assertThat(agent("arm-1").files.paths()).noneMatch(path -> path.contains("certs/buildkit-ci-ab/"));
        assertThat(ledger.all()).isEmpty();
        assertThat(log).containsExactly("removed builder buildkit-ci-ab on arm-1, which no build uses");
    }

    @Test
    void neverTouchesWhatIsNotInTheLedger() throws Exception {
        agent("arm-1").remembers("buildkit-ci-other");
        agent("arm-1").programs.on("docker", "container", "ls").out("buildx_buildkit_buildkit-ci-other0");

        sweep();

        assertThat(agent("arm-1").programs.commands()).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void leavesABuilderToABuildThatRuns() throws Exception {
        agent("arm-1").remembers("buildkit-ci-ab");
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#2", false));

        sweep("app#2");

        assertThat(agent("arm-1").programs.commands()).isEmpty();
        assertThat(ledger.all()).extracting(MadeBuilder::runs).containsExactly(List.of("app#2"));
    }

    @Test
    void removesTheContainerOfABuilderThatNoDirectoryRemembers() throws Exception {
        Agent agent = agent("arm-1");
        agent.programs
                .on("docker", "container", "ls")
                .out("buildx_buildkit_buildkit-ci-ab0", "buildx_buildkit_buildkit-ci-ab0-of-another")
                .then()
                .out("buildx_buildkit_buildkit-ci-ab0")
                .then();
        agent.programs.on("docker", "container", "rm");
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(agent.removals()).containsExactly("docker container rm --force buildx_buildkit_buildkit-ci-ab0");
        assertThat(ledger.all()).isEmpty();
        assertThat(log).singleElement().asString().contains("container buildx_buildkit_buildkit-ci-ab0");
    }

    @Test
    void waitsForAnAgentThatIsOffline() throws Exception {
        agent("arm-1").online = false;
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(ledger.all()).hasSize(1);
    }

    @Test
    void looksOnTheOtherAgentsForABuilderWhoseAgentIsGone() throws Exception {
        Agent sharing = agent("arm-2");
        sharing.remembers("buildkit-ci-ab");
        sharing.programs
                .on("docker", "container", "ls")
                .out("buildx_buildkit_buildkit-ci-ab0")
                .then()
                .out("buildx_buildkit_buildkit-ci-ab0")
                .then();
        sharing.programs.on("docker", "container", "rm");
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(sharing.removals()).containsExactly("docker container rm --force buildx_buildkit_buildkit-ci-ab0");
        assertThat(ledger.all()).isEmpty();
    }

    @Test
    void forgetsABuilderWhoseAgentDoesNotComeBack() throws Exception {
        agent("arm-2");
        ledger = new BuilderLedger(home.resolve("builders.json"), () -> NOON.minus(Duration.ofDays(31)));
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(ledger.all()).isEmpty();
        assertThat(agent("arm-2").removals()).isEmpty();
    }

    @Test
    void saysWhatItCannotRemoveAndTriesAgain() throws Exception {
        agent("arm-1").remembers("buildkit-ci-ab");
        agent("arm-1")
                .programs
                .on("buildx", "rm", "buildkit-ci-ab")
                .err("ERROR: permission denied")
                .exit(1);
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", false));

        sweep();

        assertThat(ledger.all()).hasSize(1);
        assertThat(log).singleElement().asString().contains("was not removed").contains("permission denied");
    }

    @Test
    void keepsTheStateThatIsToBeKept() throws Exception {
        agent("arm-1").remembers("buildkit-ci-ab");
        agent("arm-1").programs.on("buildx", "rm", "--keep-state");
        ledger.note(BuilderUse.once("arm-1", "buildkit-ci-ab", "app#1", true));

        sweep();

        assertThat(agent("arm-1").removals()).containsExactly("buildx rm --keep-state buildkit-ci-ab");
    }
}

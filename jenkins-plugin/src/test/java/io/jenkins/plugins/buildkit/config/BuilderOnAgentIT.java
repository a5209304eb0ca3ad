package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.builder.Clients;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWorkspaces;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.process.Command;
import io.buildkitci.testbed.Testbed;
import io.buildkitci.words.HostWords;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configured builders on the testbed's engine. */
class BuilderOnAgentIT {
    private static final Testbed PARTS = Testbed.here();

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private AgentBuilders agent;
    private ConfiguredBuilder configured;

    @BeforeEach
    void connect() throws IOException {
        Files.createDirectories(folder.resolve("work"));
        environment = Map.of(
                "DOCKER_HOST", PARTS.dockerHost(),
                "DOCKER_CONFIG", folder.resolve("docker").toString(),
                "BUILDX_CONFIG", folder.resolve("docker/buildx").toString());
        LocalFiles files = new LocalFiles();
        ClientEnvironment clients = ClientEnvironment.from(environment, folder, Os.LINUX);
        Builders builders = new Builders(
                new LocalProcessRunner(),
                new Clients(
                        List.of(PARTS.buildx().toString()),
                        Optional.empty(),
                        Optional.of(List.of(PARTS.dockerCli().toString())),
                        environment),
                new BuilderStore(files, clients),
                new LocalWorkspaces(folder.resolve("work")),
                new SocketReachability(),
                HostWords.PLAIN);
        agent = new AgentBuilders(
                "",
                builders,
                files,
                clients.buildxConfig(),
                new Outside(v -> Optional.empty(), f -> false, d -> false));
        configured = of(new BuilderConfig("it-" + UUID.randomUUID().toString().substring(0, 8)));
    }

    private static ConfiguredBuilder of(BuilderConfig config) {
        NodeConfig node = new NodeConfig();
        node.setDriverOpts("image=" + PARTS.buildkitImage() + "\nnetwork=host");
        if (config.getDriver().equals("docker-container")) {
            config.setNodes(List.of(node));
        }
        return ConfiguredBuilder.of(config, (label, variable) -> List.of(), "controller");
    }

    @AfterEach
    void removesEverything() throws Exception {
        agent.builders().remove(configured.agentName(), false, Optional.empty());
        agent.builders().removeForgotten(configured.agentName(), false);
    }

    private FormValidation tried(ConfiguredBuilder builder) throws InterruptedException {
        return new ConnectionTest(agent, id -> Optional.empty()).run(builder, new ConnectionTest.Notes() {
            @Override
            public void made(String name) {
                notes.add("made " + name);
            }

            @Override
            public void removed(String name) {
                notes.add("removed " + name);
            }
        });
    }

    private String containers() throws InterruptedException {
        return new LocalProcessRunner()
                .capture(Command.of(PARTS.dockerCli().toString(), "container", "ls", "--all", "--format", "{{.Names}}")
                        .withEnvironment(environment))
                .out();
    }

    @Test
    void aTrialShowsPlatformsAndLeavesNothing() throws Exception {
        FormValidation said = tried(configured);

        assertThat(said.kind).as(said.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(said.getMessage()).contains("BuildKit v").contains("linux/");
        assertThat(notes).hasSize(2);
        String name = notes.get(0).substring("made ".length());
        assertThat(notes.get(1)).isEqualTo("removed " + name);
        assertThat(containers()).doesNotContain(name);
    }

    @Test
    void aTrialOfAnAddressWhereNobodyIsSaysSo() throws Exception {
        NodeConfig nowhere = new NodeConfig();
        nowhere.setEndpoint("tcp://127.0.0.1:1");
        BuilderConfig config = new BuilderConfig("nowhere");
        config.setDriver("remote");
        config.setNodes(List.of(nowhere));

        FormValidation said = tried(of(config));

        assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(said.getMessage()).contains("tcp://127.0.0.1:1").contains("Check that buildkitd runs");
    }

    @Test
    void removesTheContainerOfABuilderThatWasForgotten() throws Exception {
        String name = configured.agentName();
        assertThat(agent.builders()
                        .create(
                                ((Checked.Valid<BuilderRequest>) configured.check(agent.outside()))
                                        .value()
                                        .builder(),
                                BuilderOnAgent.BOOT,
                                (stream, line) -> {}))
                .isInstanceOf(Creation.Created.class);
        Files.delete(folder.resolve("docker/buildx/instances").resolve(name));
        assertThat(containers()).contains("buildx_buildkit_" + name + "0");

        assertThat(agent.builders().removeForgotten(name, false)).isInstanceOf(Removal.Removed.class);

        assertThat(containers()).doesNotContain(name);
    }
}

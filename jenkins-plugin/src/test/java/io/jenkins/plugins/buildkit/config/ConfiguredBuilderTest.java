package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigText;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredBuilderTest {
    private static final Outside NOTHING = new Outside(v -> Optional.empty(), f -> false, d -> false);
    private static final AgentEndpoints NO_AGENTS = (label, variable) -> List.of();

    private static BuilderConfig builder(String driver, NodeConfig... nodes) {
        BuilderConfig config = new BuilderConfig("ci");
        config.setDriver(driver);
        config.setNodes(List.of(nodes));
        return config;
    }

    private static NodeConfig node(String endpoint) {
        NodeConfig node = new NodeConfig();
        node.setEndpoint(endpoint);
        return node;
    }

    private static NodeConfig on(String label) {
        NodeConfig node = new NodeConfig();
        node.setAgentLabel(label);
        return node;
    }

    private static BuilderSpec valid(ConfiguredBuilder builder) {
        Checked<BuilderRequest> checked = builder.check(NOTHING);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuilderRequest>) checked).value().builder();
    }

    private static List<String> problems(ConfiguredBuilder builder) {
        return ((Checked.Invalid<BuilderRequest>) builder.check(NOTHING))
                .problems().stream().map(Problem::render).toList();
    }

    private static ConfiguredBuilder read(BuilderConfig config) {
        return ConfiguredBuilder.of(config, NO_AGENTS, "controller");
    }

    @Test
    void aNameIsEnoughForABuilder() {
        ConfiguredBuilder builder = read(new BuilderConfig("ci"));

        BuilderSpec spec = valid(builder);
        assertThat(spec.driver()).isEqualTo(Driver.DOCKER_CONTAINER);
        assertThat(spec.name()).contains(builder.agentName());
        assertThat(spec.nodes()).hasSize(1);
        assertThat(spec.use()).as("nobody's current builder changes").isFalse();
        assertThat(builder.agentName()).matches("buildkit-ci-ci-[0-9a-f]{8}");
        assertThat(builder.cleanup()).isEqualTo(Cleanup.UNUSED);
    }

    @Test
    void everyFieldReachesTheBuilderThatIsAskedFor() {
        NodeConfig first = node("tcp://engine.example:2376");
        first.setPlatforms("linux/amd64");
        first.setDriverOpts("network=host\nimage=moby/buildkit:rootless");
        first.setBuildkitdFlags("--debug");
        NodeConfig second = node("arm-context");
        second.setPlatforms("arm64");
        BuilderConfig config = builder("docker-container", first, second);
        config.setBuildkitdConfig("debug = true");
        config.setRegistryMirrors("mirror.example");
        config.setCache("registry");

        ConfiguredBuilder builder = read(config);

        assertThat(valid(builder).nodes())
                .containsExactly(
                        new NodeSpec(
                                Optional.empty(),
                                Optional.of("tcp://engine.example:2376"),
                                List.of(new Platform("linux", "amd64", "")),
                                List.of(new Setting("network", "host"), new Setting("image", "moby/buildkit:rootless")),
                                List.of("--debug")),
                        new NodeSpec(
                                Optional.empty(),
                                Optional.of("arm-context"),
                                List.of(new Platform("linux", "arm64", "")),
                                List.of(),
                                List.of(
                                        "--allow-insecure-entitlement",
                                        "security.insecure",
                                        "--allow-insecure-entitlement",
                                        "network.host")));
        assertThat(((ConfigText) valid(builder).buildkitdConfig().orElseThrow()).toml())
                .isEqualTo("debug = true\n\n[registry.\"docker.io\"]\n  mirrors = [\"mirror.example\"]");
        assertThat(builder.cache()).contains("registry");
    }

    @Test
    void everyProblemNamesTheFieldInJenkins() {
        NodeConfig first = node("");
        first.setPlatforms("linux/amd46");
        NodeConfig second = node("");
        second.setDriverOpts("netwrok=host");
        second.setTlsCredentialsId("some");
        BuilderConfig config = builder("docker-container", first, second);
        config.setCache("jenkinz");
        config.setRegistryMirrors("a b");
        config.setCleanup("sometimes");

        assertThat(problems(read(config)))
                .hasSize(6)
                .allMatch(problem -> problem.startsWith("builder 'ci' of Manage Jenkins » BuildKit, "))
                .anyMatch(problem -> problem.contains("platforms of node 1: 'linux/amd46'"))
                .anyMatch(problem -> problem.contains("driverOpts of node 2"))
                .anyMatch(problem -> problem.contains("tlsCredentialsId of node 2"))
                .anyMatch(problem -> problem.contains("cache: 'jenkinz'"))
                .anyMatch(problem -> problem.contains("registryMirrors: 'a b'"))
                .anyMatch(problem -> problem.contains("cleanup: 'sometimes'"));
    }

    @Test
    void agentsOfALabelBecomeNodesInTheOrderOfTheirNames() {
        AgentEndpoints agents = (label, variable) -> label.equals("arm") && variable.equals("BUILDKIT_HOST")
                ? List.of(
                        new AgentEndpoints.Place("arm-1", false, "tcp://arm-1:1234"),
                        new AgentEndpoints.Place("arm-2", false, ""),
                        new AgentEndpoints.Place("arm-3", false, "tcp://arm-3:1234"))
                : List.of();

        ConfiguredBuilder builder =
                ConfiguredBuilder.of(builder("remote", node("tcp://amd:1234"), on("arm")), agents, "c");

        assertThat(valid(builder).nodes())
                .extracting(node -> node.endpoint().orElse(""))
                .containsExactly("tcp://amd:1234", "tcp://arm-1:1234", "tcp://arm-3:1234");
    }

    @Test
    void theAgentOfTheBuildItselfNeedsNoAddress() {
        AgentEndpoints agents = (label, variable) -> List.of(new AgentEndpoints.Place("here", true, "tcp://here:2375"));

        ConfiguredBuilder builder = ConfiguredBuilder.of(builder("docker-container", on("docker")), agents, "c");

        assertThat(valid(builder).nodes())
                .singleElement()
                .extracting(NodeSpec::endpoint)
                .isEqualTo(Optional.empty());
    }

    @Test
    void aLabelThatNoAgentSaysItsEngineForIsAProblem() {
        assertThat(problems(read(builder("remote", on("arm")))))
                .anyMatch(problem ->
                        problem.contains("agentLabel of node 1: 'arm'") && problem.contains("BUILDKIT_HOST"));
        assertThat(problems(read(builder("kubernetes", on("arm")))))
                .anyMatch(problem -> problem.contains("takes no agents"));
    }

    @Test
    void anotherConfigurationOrControllerIsAnotherBuilderOnTheAgent() {
        BuilderConfig changed = builder("docker-container");
        changed.setRegistryMirrors("mirror.example");

        String name = read(new BuilderConfig("ci")).agentName();

        assertThat(read(builder("docker-container")).agentName()).isEqualTo(name);
        assertThat(read(changed).agentName()).isNotEqualTo(name);
        assertThat(ConfiguredBuilder.of(new BuilderConfig("ci"), NO_AGENTS, "other")
                        .agentName())
                .isNotEqualTo(name);
        assertThat(read(new BuilderConfig("CI")).agentName()).isNotEqualTo(name);
    }

    @Test
    void driverDockerIsTheEngineUnderItsOwnName() {
        ConfiguredBuilder builder = read(builder("docker"));

        assertThat(builder.agentName()).isEmpty();
        assertThat(valid(builder).name()).isEmpty();
    }

    @Test
    void certificatesBecomeFilesThatDriverOptionsName() {
        NodeConfig plain = node("tcp://a:1");
        NodeConfig tls = node("tcp://b:1");
        tls.setTlsCredentialsId("buildkitd");
        Certificates.Source source = id -> id.equals("buildkitd")
                ? Optional.of(new Certificates(
                        Optional.of(new Secret("CA")), Optional.of(new Secret("CERT")), Optional.of(new Secret("KEY"))))
                : Optional.empty();

        NodeCertificates bound =
                NodeCertificates.bind(read(builder("remote", plain, tls)), source, Path.of("/bx/certs,1/n"));

        assertThat(bound.files())
                .containsExactly(
                        Map.entry(Path.of("/bx/certs,1/n/1-cacert.pem"), new Secret("CA")),
                        Map.entry(Path.of("/bx/certs,1/n/1-cert.pem"), new Secret("CERT")),
                        Map.entry(Path.of("/bx/certs,1/n/1-key.pem"), new Secret("KEY")));
        assertThat(valid(bound.builder()).nodes().get(1).driverOpts())
                .containsExactly(
                        new Setting("cacert", "/bx/certs,1/n/1-cacert.pem"),
                        new Setting("cert", "/bx/certs,1/n/1-cert.pem"),
                        new Setting("key", "/bx/certs,1/n/1-key.pem"));
        assertThat(bound.toString()).doesNotContain("KEY");
    }

    @Test
    void credentialsThatAreNotThereAreAProblem() {
        NodeConfig tls = node("tcp://b:1");
        tls.setTlsCredentialsId("gone");

        NodeCertificates bound =
                NodeCertificates.bind(read(builder("remote", tls)), id -> Optional.empty(), Path.of("/bx"));

        assertThat(problems(bound.builder()))
                .anyMatch(problem -> problem.contains("tlsCredentialsId of node 1: 'gone'"));
    }
}

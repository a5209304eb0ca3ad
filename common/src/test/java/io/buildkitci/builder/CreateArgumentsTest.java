package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CreateArgumentsTest {
    static Stream<Arguments> nodes() throws InvalidValue {
        return Stream.of(
                arguments(Specs.node(), List.of()),
                arguments(
                        Specs.node(new Setting("network", "host"), new Setting("image", "moby/buildkit:v0.32.2")),
                        List.of("--driver-opt", "network=host", "--driver-opt", "image=moby/buildkit:v0.32.2")),
                arguments(
                        Specs.node(new Setting("env.no_proxy", "a,b")),
                        List.of("--driver-opt", "\"env.no_proxy=a,b\"")),
                arguments(
                        Specs.node(new Setting("qemu.install", "say \"yes\"")),
                        List.of("--driver-opt", "\"qemu.install=say \"\"yes\"\"\"")),
                arguments(
                        Specs.withFlags("--debug", "--allow-insecure-entitlement", "network.host"),
                        List.of("--buildkitd-flags", "--debug --allow-insecure-entitlement network.host")),
                arguments(
                        Specs.withFlags("--root", "/with space", "it's", ""),
                        List.of("--buildkitd-flags", "--root '/with space' 'it'\"'\"'s' ''")),
                arguments(
                        new NodeSpec(
                                Optional.of("n1"),
                                Optional.of("tcp://10.0.0.1:1234"),
                                List.of(Platform.parse("amd64"), Platform.parse("linux/arm/v7")),
                                List.of(),
                                List.of()),
                        List.of("--node", "n1", "--platform", "linux/amd64,linux/arm/v7", "tcp://10.0.0.1:1234")));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void rendersWhatANodeIsMadeOf(NodeSpec node, List<String> rendered) {
        BuilderSpec spec = Specs.of(Driver.DOCKER_CONTAINER, "b", node);

        List<List<String>> calls = CreateArguments.render(spec, "b", Optional.empty(), Optional.empty());

        assertThat(calls)
                .containsExactly(Stream.concat(
                                Stream.of("create", "--name", "b", "--driver", "docker-container"), rendered.stream())
                        .toList());
    }

    @Test
    void appendsEveryFurtherNode() {
        BuilderSpec spec = Specs.of(Driver.REMOTE, "b", Specs.at("tcp://one:1"), Specs.at("tcp://two:2"));

        assertThat(CreateArguments.render(spec, "b", Optional.empty(), Optional.empty()))
                .containsExactly(
                        List.of("create", "--name", "b", "--driver", "remote", "tcp://one:1"),
                        List.of("create", "--name", "b", "--driver", "remote", "--append", "tcp://two:2"));
    }

    @Test
    void everyArchitectureOfAClusterIsANodeOfItsOwn() throws InvalidValue {
        NodeSpec amd64 = new NodeSpec(
                Optional.empty(),
                Optional.empty(),
                List.of(Platform.parse("amd64")),
                List.of(
                        new Setting("namespace", "ci"),
                        new Setting("nodeselector", "kubernetes.io/arch=amd64,pool=ci")),
                List.of());
        NodeSpec arm64 = new NodeSpec(
                Optional.of("arm"),
                Optional.empty(),
                List.of(Platform.parse("arm64")),
                List.of(
                        new Setting("namespace", "ci"),
                        new Setting("nodeselector", "kubernetes.io/arch=arm64"),
                        new Setting("tolerations", "key=arm,operator=Exists;key=spot,value=yes")),
                List.of("--debug"));

        assertThat(CreateArguments.render(
                        Specs.of(Driver.KUBERNETES, "b", amd64, arm64), "b", Optional.empty(), Optional.empty()))
                .containsExactly(
                        List.of(
                                "create",
                                "--name",
                                "b",
                                "--driver",
                                "kubernetes",
                                "--driver-opt",
                                "namespace=ci",
                                "--driver-opt",
                                "\"nodeselector=kubernetes.io/arch=amd64,pool=ci\"",
                                "--platform",
                                "linux/amd64"),
                        List.of(
                                "create",
                                "--name",
                                "b",
                                "--driver",
                                "kubernetes",
                                "--append",
                                "--node",
                                "arm",
                                "--driver-opt",
                                "namespace=ci",
                                "--driver-opt",
                                "nodeselector=kubernetes.io/arch=arm64",
                                "--driver-opt",
                                "\"tolerations=key=arm,operator=Exists;key=spot,value=yes\"",
                                "--buildkitd-flags",
                                "--debug",
                                "--platform",
                                "linux/arm64"));
    }

    @Test
    void neverMakesItTheCurrentBuilderOnTheWay() {
        BuilderSpec spec = new BuilderSpec(
                Optional.of("b"), Driver.DOCKER_CONTAINER, List.of(Specs.node()), Optional.empty(), true, true);

        assertThat(CreateArguments.render(spec, "b", Optional.empty(), Optional.empty())
                        .get(0))
                .doesNotContain("--use", "--bootstrap");
    }

    @ParameterizedTest
    @CsvSource({
        "0.12.1, --config",
        "0.13.0, --config",
        "0.14.0, --buildkitd-config",
        "0.36.1, --buildkitd-config",
        ", --buildkitd-config"
    })
    void namesTheConfigurationAsThatBuildxKnowsIt(String version, String flag) {
        BuilderSpec spec = Specs.of(Driver.DOCKER_CONTAINER, "b", Specs.node());

        List<String> call = CreateArguments.render(
                        spec,
                        "b",
                        Optional.of(Path.of("/etc/b.toml")),
                        Optional.ofNullable(version).flatMap(Version::parse))
                .get(0);

        assertThat(call).endsWith(flag, "/etc/b.toml");
    }
}

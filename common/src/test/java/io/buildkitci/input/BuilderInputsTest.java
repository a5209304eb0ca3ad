package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InstallSource;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.model.ToolVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderInputsTest {
    private final FakeOutside outside = new FakeOutside().file("buildkitd.toml");
    private final List<RawInput> append = new ArrayList<>();

    private Checked<BuilderRequest> check(String... namesAndTexts) {
        return BuilderInputs.check(raw(n -> "--" + n, namesAndTexts), append, outside.outside());
    }

    private static RawInput raw(java.util.function.UnaryOperator<String> word, String... namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        return RawInput.of(values, word);
    }

    private BuilderRequest valid(String... namesAndTexts) {
        Checked<BuilderRequest> checked = check(namesAndTexts);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuilderRequest>) checked).value();
    }

    private List<String> problems(String... namesAndTexts) {
        return check(namesAndTexts) instanceof Checked.Invalid<BuilderRequest> invalid
                ? invalid.problems().stream().map(Problem::render).toList()
                : List.of();
    }

    @Test
    void nothingGivenIsTheBuilderOfThePeer() {
        BuilderRequest request = valid();

        assertThat(request.builder().driver()).isEqualTo(Driver.DOCKER_CONTAINER);
        assertThat(request.builder().name()).isEmpty();
        assertThat(request.builder().use()).isTrue();
        assertThat(request.builder().bootstrap()).isTrue();
        assertThat(request.cleanup()).isTrue();
        assertThat(request.cacheBinary()).isTrue();
        assertThat(request.keepState()).isFalse();
        assertThat(request.builder().nodes())
                .singleElement()
                .satisfies(n -> assertThat(n.buildkitdFlags())
                        .containsExactly(
                                "--allow-insecure-entitlement",
                                "security.insecure",
                                "--allow-insecure-entitlement",
                                "network.host"));
    }

    @Test
    void readsABuilderOfSeveralNodes() throws Exception {
        append.add(raw(
                n -> "append[0]." + n,
                "name",
                "arm",
                "endpoint",
                "ssh://arm.example",
                "platforms",
                "arm64",
                "buildkitd-flags",
                "--debug --x='a b'"));

        BuilderSpec spec = valid(
                        "name", "ci",
                        "platforms", "amd64,386",
                        "driver-opts", "network=host\nimage=r.example/buildkit:1,env.no_proxy=a,b\n\"env.WORDS=c, d\"",
                        "buildkitd-config", "buildkitd.toml",
                        "use", "false")
                .builder();

        assertThat(spec.name()).contains("ci");
        assertThat(spec.use()).isFalse();
        assertThat(spec.buildkitdConfig()).contains(new BuilderSpec.ConfigFile("buildkitd.toml"));
        NodeSpec first = spec.nodes().get(0);
        assertThat(first.driverOpts())
                .containsExactly(
                        new Setting("network", "host"),
                        new Setting("image", "r.example/buildkit:1"),
                        new Setting("env.no_proxy", "a,b"),
                        new Setting("env.WORDS", "c, d"));
        assertThat(first.platforms()).containsExactly(Platform.parse("amd64"), Platform.parse("386"));
        NodeSpec second = spec.nodes().get(1);
        assertThat(second.name()).contains("arm");
        assertThat(second.endpoint()).contains("ssh://arm.example");
        assertThat(second.buildkitdFlags()).containsExactly("--debug", "--x=a b");
    }

    @Test
    void theConfigurationMayBeText() {
        assertThat(valid("config-inline", "debug = true").builder().buildkitdConfig())
                .contains(new BuilderSpec.ConfigText("debug = true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.36.1", "0.36.1", "v0.13.0-rc2", "latest", "edge", "^0.36.0"})
    void knowsVersionsOfBuildx(String version) throws InvalidValue {
        assertThat(valid("version", version).version()).contains(ToolVersion.parse(version));
    }

    @ParameterizedTest
    @CsvSource({"releases", "packages", "https://mirror.example/github.com"})
    void knowsWhereBuildxMayComeFrom(String from) {
        assertThat(valid("install-from", from).installFrom().render()).isEqualTo(from);
        assertThat(valid("name", "ci").installFrom()).isEqualTo(new InstallSource.Releases());
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        List.of("driver", "podman"),
                        "--driver: 'podman': unknown driver; accepted are docker, docker-container, kubernetes, remote, buildkitd"),
                Arguments.of(
                        List.of("name", "-x"),
                        "--name: '-x': must start with a letter and hold letters, digits, '.', '_' and '-' only"),
                Arguments.of(List.of("name", "default"), "--name: 'default': is reserved for the engine's own builder"),
                Arguments.of(
                        List.of("version", "newest"),
                        "--version: 'newest': accepted are a release such as v0.36.1, a range such as ~0.36, ^0.30.1 or"
                                + " '>=0.30 <0.36', latest, and edge"),
                Arguments.of(
                        List.of("version", "https://github.com/docker/buildx.git#master"),
                        "--version: 'https://github.com/docker/buildx.git#master': a buildx of the cloud or from source is"
                                + " not got here; name its program in BUILDKIT_CI_BUILDX, or a release"),
                Arguments.of(
                        List.of("install-from", "ftp://mirror.example"),
                        "--install-from: 'ftp://mirror.example': accepted are releases, packages, and the http(s) address"
                                + " of a mirror of https://github.com"),
                Arguments.of(
                        List.of("install-from", "packages", "version", "v0.36.1"),
                        "--version: given beside --install-from=packages, which have one version; drop one"),
                Arguments.of(
                        List.of("driver", "remote"),
                        "endpoint: driver remote needs the address of a buildkitd, for example tcp://host:1234"),
                Arguments.of(
                        List.of("driver", "remote", "endpoint", "host:1234"),
                        "--endpoint: 'host:1234': accepted for the address of a buildkitd are tcp://, unix://, ssh://, docker-container://, kube-pod:// and npipe:// addresses"),
                Arguments.of(
                        List.of("driver", "remote", "endpoint", "tcp://h:1", "buildkitd-flags", "--debug"),
                        "--buildkitd-flags: driver remote starts no buildkitd to pass flags to"),
                Arguments.of(
                        List.of("driver", "remote", "endpoint", "tcp://h:1", "buildkitd-config", "buildkitd.toml"),
                        "--buildkitd-config: driver remote starts no buildkitd to configure"),
                Arguments.of(
                        List.of("driver", "remote", "endpoint", "tcp://h:1", "driver-opts", "image=x"),
                        "--driver-opts: 'image=x': driver remote has no option 'image'"),
                Arguments.of(
                        List.of("driver", "docker", "driver-opts", "network=host"),
                        "--driver-opts: driver docker takes no options"),
                Arguments.of(
                        List.of("driver", "docker", "buildkitd-flags", "--debug"),
                        "--buildkitd-flags: driver docker starts no buildkitd to pass flags to"),
                Arguments.of(
                        List.of("driver", "docker", "buildkitd-config-inline", "x=1"),
                        "--buildkitd-config-inline: driver docker starts no buildkitd to configure"),
                Arguments.of(
                        List.of("driver", "kubernetes", "endpoint", "x"),
                        "--endpoint: driver kubernetes takes its cluster from the kubeconfig"),
                Arguments.of(
                        List.of("driver", "kubernetes", "keep-state", "true"),
                        "--keep-state: only drivers docker-container and buildkitd have a state to keep, not kubernetes"),
                Arguments.of(
                        List.of("driver", "buildkitd", "platforms", "arm64"),
                        "--platforms: driver buildkitd builds what its daemon and the kernel's emulators can run"),
                Arguments.of(
                        List.of("driver", "buildkitd", "driver-opts", "cacert=/ca.pem"),
                        "--driver-opts: 'cacert': is for a daemon at an endpoint; give one"),
                Arguments.of(
                        List.of("driver", "buildkitd", "driver-opts", "rootless=yes"),
                        "--driver-opts: 'rootless=yes': accepted are rootless=true and rootless=false"),
                Arguments.of(
                        List.of("driver", "buildkitd", "endpoint", "host:1"),
                        "--endpoint: 'host:1': accepted for the address of a buildkitd are tcp://, unix://, ssh://, docker-container://, kube-pod:// and npipe:// addresses"),
                Arguments.of(
                        List.of("driver", "buildkitd", "endpoint", "tcp://h:1", "driver-opts", "env.TOKEN=hunter2"),
                        "--driver-opts: 'env.TOKEN': with an endpoint no buildkitd is started"),
                Arguments.of(
                        List.of("driver", "buildkitd", "endpoint", "tcp://h:1", "buildkitd-flags", "--debug"),
                        "--buildkitd-flags: with an endpoint no buildkitd is started; drop one"),
                Arguments.of(
                        List.of("driver", "buildkitd", "endpoint", "tcp://h:1", "keep-state", "true"),
                        "--keep-state: with an endpoint no buildkitd is started; drop one"),
                Arguments.of(
                        List.of("driver-opts", "netwrok=host"),
                        "--driver-opts: 'netwrok=host': driver docker-container has no option 'netwrok'; did you mean 'network'?"),
                Arguments.of(List.of("driver-opts", "network"), "--driver-opts: 'network': not of the form name=value"),
                Arguments.of(
                        List.of("driver-opts", "network=a\nnetwork=b"),
                        "--driver-opts: 'network=b': 'network' is given twice"),
                Arguments.of(List.of("buildkitd-flags", "--x='"), "--buildkitd-flags: '--x='': a quote is not closed"),
                Arguments.of(List.of("buildkitd-config", "none.toml"), "--buildkitd-config: 'none.toml': no such file"),
                Arguments.of(
                        List.of("buildkitd-config", "buildkitd.toml", "buildkitd-config-inline", "x=1"),
                        "--buildkitd-config-inline: given beside --buildkitd-config; drop one"),
                Arguments.of(
                        List.of("driver", "remote", "endpoint", "tcp://h:1", "registry-mirrors", "m.example"),
                        "--registry-mirrors: driver remote starts no buildkitd to configure"),
                Arguments.of(
                        List.of("driver", "docker", "gc-policy", "off"),
                        "--gc-policy: driver docker starts no buildkitd to configure"),
                Arguments.of(
                        List.of("driver", "buildkitd", "endpoint", "tcp://h:1", "gc-policy", "off"),
                        "--gc-policy: with an endpoint no buildkitd is started; drop one"),
                Arguments.of(
                        List.of("registry-mirrors", "m.example\nftp://x"),
                        "--registry-mirrors: 'ftp://x': accepted are a mirror of Docker Hub, as mirror.example:5000, and"
                                + " registry=mirror"),
                Arguments.of(
                        List.of("gc-policy", "max=1GB"),
                        "--gc-policy: 'max=1GB': 'max=1GB' is not reserved-space=…, max-used-space=… or"
                                + " min-free-space=…; off is accepted alone"),
                Arguments.of(
                        List.of("registry-mirrors", "m", "buildkitd-config-inline", "[registry.\"docker.io\"]"),
                        "--registry-mirrors: 'docker.io': buildkitd's configuration has a table of this registry already;"
                                + " write its mirrors there"),
                Arguments.of(
                        List.of("gc-policy", "off", "buildkitd-config-inline", "[worker.oci]\ngc = true"),
                        "--gc-policy: 'worker.oci': buildkitd's configuration says what garbage is already; write all of it"
                                + " there"),
                Arguments.of(
                        List.of("driver-opts", "restart-policy=sometimes"),
                        "--driver-opts: 'restart-policy=sometimes': accepted are no, always, unless-stopped, on-failure and"
                                + " on-failure:<times>"),
                Arguments.of(
                        List.of("driver-opts", "memory=lots"),
                        "--driver-opts: 'memory=lots': no number of bytes; write 512m or 2g"),
                Arguments.of(
                        List.of("driver-opts", "cpu-quota=half"),
                        "--driver-opts: 'cpu-quota=half': must be a number of microseconds, such as 150000"),
                Arguments.of(
                        List.of("driver-opts", "image=registry.example/b@sha256:12"),
                        "--driver-opts: 'image=registry.example/b@sha256:12': the digest after '@' is not of the form"
                                + " sha256:<64 hex digits>"),
                Arguments.of(
                        List.of("platforms", "arm,arm/v7"),
                        "--platforms: 'linux/arm/v7': is given twice (other spellings count); name it once"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatTheDriverCannotDo(List<String> inputs, String problem) {
        assertThat(problems(inputs.toArray(String[]::new))).containsExactly(problem);
    }

    @Test
    void optionsBesideCommasAreEachLookedAt() {
        assertThat(problems("driver-opts", "memory=lots,netwrok=host,image"))
                .containsExactly(
                        "--driver-opts: 'netwrok=host': driver docker-container has no option 'netwrok'; did you mean"
                                + " 'network'?",
                        "--driver-opts: 'image': not of the form name=value",
                        "--driver-opts: 'memory=lots': no number of bytes; write 512m or 2g");
        assertThat(problems("driver", "buildkitd", "driver-opts", "env.A=b,rootless=maybe,cacert=/ca.pem"))
                .containsExactly(
                        "--driver-opts: 'rootless=maybe': accepted are rootless=true and rootless=false",
                        "--driver-opts: 'cacert': is for a daemon at an endpoint; give one");
        assertThat(valid("driver", "buildkitd", "driver-opts", "rootless=true,env.A=b,c")
                        .builder()
                        .nodes()
                        .get(0)
                        .driverOpts())
                .containsExactly(new Setting("rootless", "true"), new Setting("env.A", "b,c"));
    }

    @Test
    void mirrorsAndLimitsJoinAGivenConfiguration() throws Exception {
        BuilderSpec spec = valid(
                        "registry-mirrors", "http://near.example:5000\nghcr.io=far.example",
                        "gc-policy", "max-used-space=50GB",
                        "buildkitd-config-inline", "debug = true")
                .builder();
        BuilderSpec.ConfigWith with =
                (BuilderSpec.ConfigWith) spec.buildkitdConfig().orElseThrow();

        assertThat(with.base()).contains(new BuilderSpec.ConfigText("debug = true"));
        assertThat(with.addTo("debug = true")).isEqualTo("""
                debug = true

                [registry."docker.io"]
                  mirrors = ["near.example:5000"]

                [registry."ghcr.io"]
                  mirrors = ["far.example"]

                [registry."near.example:5000"]
                  http = true

                [worker.oci]
                  maxUsedSpace = "50GB"
                """);
    }

    @Test
    void aConfigurationInAFileIsReadForWhatItContradicts() {
        outside.file("buildkitd.toml", "[registry.\"docker.io\"]\n[worker.oci]\n  gc = true\n");

        assertThat(problems(
                        "buildkitd-config", "buildkitd.toml",
                        "registry-mirrors", "m.example",
                        "gc-policy", "off",
                        "platforms", "sparc"))
                .hasSize(3)
                .contains(
                        "--registry-mirrors: 'docker.io': buildkitd's configuration has a table of this registry already;"
                                + " write its mirrors there",
                        "--gc-policy: 'worker.oci': buildkitd's configuration says what garbage is already; write all of it"
                                + " there");
    }

    @Test
    void takesWhatAContainerMayBeGiven() {
        assertThat(valid(
                                "driver-opts",
                                "restart-policy=on-failure:3,memory=2g,memory-swap=-1,cpu-quota=-1,cpu-period=100000\n"
                                        + "cpu-shares=512,\"cpuset-cpus=0-1,3\",cpuset-mems=0,network=my-net,default-load=true\n"
                                        + "image=mirror.example/moby/buildkit:v0.32.2@sha256:" + "a".repeat(64))
                        .builder()
                        .nodes()
                        .get(0)
                        .driverOpts())
                .hasSize(11);
    }

    @Test
    void reportsProblemsOfEveryNode() {
        append.add(raw(n -> "append[0]." + n, "platfroms", "arm64", "name", "x"));
        append.add(raw(n -> "append[1]." + n, "name", "x", "platforms", "sparc", "driver-opts", "foo=1"));

        assertThat(problems("driver-opts", "bar=1"))
                .hasSize(5)
                .anyMatch(p -> p.startsWith("--driver-opts: 'bar=1'"))
                .contains("append[0].platfroms: unknown input; did you mean 'platforms'?")
                .contains("append[1].name: 'x': another node has this name")
                .anyMatch(p -> p.startsWith("append[1].platforms: 'sparc': unknown platform"))
                .anyMatch(p -> p.startsWith("append[1].driver-opts: 'foo=1'"));
    }

    @Test
    void theEngineIsOneNode() {
        append.add(raw(n -> "append[0]." + n, "name", "x"));

        assertThat(problems("driver", "docker"))
                .containsExactly("append: driver docker has one node, the engine itself");
    }

    @Test
    void aRemoteBuilderIsFoundInTheEnvironment() {
        outside.variable("BUILDKIT_HOST", "tcp://h:1");

        assertThat(valid("driver", "remote").builder().nodes().get(0).endpoint())
                .contains("tcp://h:1");
        assertThat(check("driver", "remote").notices())
                .map(Notice::render)
                .containsExactly("endpoint: taken from BUILDKIT_HOST");
    }

    @Test
    void knowsTheOptionsOfKubernetes() {
        assertThat(valid("driver", "kubernetes", "driver-opts", "namespace=ci\nreplicas=2\n\"nodeselector=a=b,c=d\"")
                        .builder()
                        .nodes()
                        .get(0)
                        .driverOpts())
                .containsExactly(
                        new Setting("namespace", "ci"),
                        new Setting("replicas", "2"),
                        new Setting("nodeselector", "a=b,c=d"));
    }
}

package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.job.BuilderTls.CertificateFile;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Setting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** File names and order are those of docker/actions-toolkit ({@code Buildx.resolveCertsDriverOpts}). */
class BuilderTlsTest {
    private static final Path CONFIG = Path.of("/home/runner/.docker/buildx");
    private static final Path CERTS = CONFIG.resolve("certs");
    private static final String CA = "-----BEGIN CERTIFICATE-----\nca\n-----END CERTIFICATE-----\n";

    @Test
    void everyNodeGetsItsOwnFilesAndOptions() {
        Map<String, String> environment = Map.of(
                "BUILDER_NODE_0_AUTH_TLS_CACERT", CA,
                "BUILDER_NODE_0_AUTH_TLS_CERT", "cert",
                "BUILDER_NODE_0_AUTH_TLS_KEY", "key",
                "BUILDER_NODE_2_AUTH_TLS_CACERT", "ca2");

        BuilderTls tls = BuilderTls.from(
                remote("tcp://amd.example:1234"),
                List.of(node("tcp://plain.example:1"), node("tcp://arm.example")),
                environment,
                CONFIG);

        assertThat(tls.files())
                .containsExactlyInAnyOrder(
                        file("cacert_amd.example-1234.pem", CA),
                        file("cert_amd.example-1234.pem", "cert"),
                        file("key_amd.example-1234.pem", "key"),
                        file("cacert_arm.example.pem", "ca2"));
        assertThat(nodes(tls))
                .extracting(NodeSpec::driverOpts)
                .containsExactly(
                        List.of(
                                new Setting("cacert", CERTS + "/cacert_amd.example-1234.pem"),
                                new Setting("cert", CERTS + "/cert_amd.example-1234.pem"),
                                new Setting("key", CERTS + "/key_amd.example-1234.pem")),
                        List.of(),
                        List.of(new Setting("cacert", CERTS + "/cacert_arm.example.pem")));
        assertThat(tls.problems()).isEmpty();
        assertThat(tls.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://h:1,                  h-1",
        "tcp://h,                    h",
        "tcp://10.0.0.1:8372,        10.0.0.1-8372",
        "tcp://[fd00::1]:1234,       _fd00__1_-1234",
        "tcp://user@h:1,             h-1",
        "tcp://h_1:1/x?y#z,          h_1-1",
        "tcp://../../etc/passwd:1,   .."
    })
    void filesAreNamedAfterTheEndpoint(String endpoint, String name) {
        BuilderTls tls =
                BuilderTls.from(remote(endpoint), List.of(), Map.of("BUILDER_NODE_0_AUTH_TLS_CACERT", CA), CONFIG);

        assertThat(tls.files()).containsExactly(file("cacert_" + name + ".pem", CA));
    }

    @Test
    void nodesAtOneAddressShareAFileOnlyWhenItIsTheSame() {
        BuilderTls tls = BuilderTls.from(
                remote("tcp://h:1"),
                List.of(node("tcp://h:1"), node("tcp://h:1")),
                Map.of(
                        "BUILDER_NODE_0_AUTH_TLS_CACERT", CA,
                        "BUILDER_NODE_1_AUTH_TLS_CACERT", CA,
                        "BUILDER_NODE_2_AUTH_TLS_CACERT", "other"),
                CONFIG);

        assertThat(tls.files()).containsExactly(file("cacert_h-1.pem", CA), file("cacert_h-1_2.pem", "other"));
    }

    @Test
    void theFirstNodesEndpointMayComeFromTheEnvironment() {
        BuilderTls tls = BuilderTls.from(
                RawInput.of(Map.of("driver", RawValue.of("remote"))),
                List.of(),
                Map.of("BUILDKIT_HOST", "tcp://h:1", "BUILDER_NODE_0_AUTH_TLS_CACERT", CA),
                CONFIG);

        assertThat(tls.files()).containsExactly(file("cacert_h-1.pem", CA));
    }

    @Test
    void optionsThatWereGivenStayInFront() {
        RawInput text = with(remote("tcp://h:1"), RawValue.of("servername=s\ndefault-load=true"));
        RawInput alias = remote("tcp://h:1")
                .over(RawInput.of(Map.of("driver-opt", RawValue.of(List.of("servername=s", "default-load=true")))));

        for (RawInput inputs : List.of(text, alias)) {
            BuilderTls tls = BuilderTls.from(inputs, List.of(), Map.of("BUILDER_NODE_0_AUTH_TLS_CACERT", CA), CONFIG);

            assertThat(nodes(tls).get(0).driverOpts())
                    .extracting(Setting::name)
                    .containsExactly("servername", "default-load", "cacert");
        }
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("none", remote("tcp://h:1")),
                Arguments.of("a text", with(remote("tcp://h:1"), RawValue.of("servername=s\n"))),
                Arguments.of("items", with(remote("tcp://h:1"), RawValue.of(List.of("servername=s")))),
                Arguments.of("an empty text", with(remote("tcp://h:1"), RawValue.of(""))));
    }

    @ParameterizedTest(name = "options before: {0}")
    @MethodSource("lists")
    void aPathWithAnythingInItReachesTheDriverWhole(String before, RawInput inputs) {
        Path config = Path.of("/a, \"b\" =c");

        BuilderTls tls = BuilderTls.from(inputs, List.of(), Map.of("BUILDER_NODE_0_AUTH_TLS_CACERT", CA), config);

        assertThat(nodes(tls).get(0).driverOpts())
                .contains(new Setting("cacert", config + "/certs/cacert_h-1.pem"))
                .hasSize(RawText.of(inputs, "driver-opts").isEmpty() ? 1 : 2);
    }

    private static RawInput with(RawInput inputs, RawValue options) {
        return RawText.with(inputs, "driver-opts", new RawInput.Given("driver-opts", options));
    }

    static Stream<Arguments> incomplete() {
        return Stream.of(
                Arguments.of(Map.of("CACERT", CA), "", List.of()),
                Arguments.of(Map.of("CERT", "c", "KEY", "k"), "", List.of("CACERT")),
                Arguments.of(Map.of("CACERT", CA, "CERT", "c"), "", List.of("KEY")),
                Arguments.of(Map.of("CACERT", CA, "KEY", "k"), "", List.of("CERT")),
                Arguments.of(Map.of("CERT", "c"), "", List.of("CACERT", "KEY")),
                Arguments.of(Map.of("CERT", "c", "KEY", " "), "", List.of("CACERT", "KEY")),
                Arguments.of(Map.of("CERT", "c", "KEY", "k"), "cacert=/etc/ca.pem", List.of()),
                Arguments.of(Map.of("KEY", "k"), "cacert=/etc/ca.pem,cert=/etc/c.pem", List.of()),
                Arguments.of(Map.of("CACERT", CA), "key=/etc/k.pem", List.of("CERT")));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void whatBuildxWouldMissIsAProblemFirst(Map<String, String> texts, String options, List<String> missing) {
        Map<String, String> environment = new LinkedHashMap<>();
        texts.forEach((name, text) -> environment.put("BUILDER_NODE_0_AUTH_TLS_" + name, text));
        RawInput inputs = with(remote("tcp://h:1"), RawValue.of(options));

        assertThat(BuilderTls.from(inputs, List.of(), environment, CONFIG).problems())
                .extracting(Problem::input)
                .containsExactlyElementsOf(missing.stream()
                        .map(name -> "BUILDER_NODE_0_AUTH_TLS_" + name)
                        .toList());
    }

    @Test
    void anOptionThatTheEnvironmentGivesTooIsReportedByChecking() {
        RawInput inputs = with(remote("tcp://h:1"), RawValue.of("cacert=/etc/ca.pem"));

        BuilderTls tls = BuilderTls.from(inputs, List.of(), Map.of("BUILDER_NODE_0_AUTH_TLS_CACERT", CA), CONFIG);

        assertThat(check(tls)).isInstanceOf(Checked.Invalid.class);
    }

    static Stream<Arguments> unused() {
        return Stream.of(
                Arguments.of(remote("unix:///run/b.sock"), "BUILDER_NODE_0_AUTH_TLS_KEY"),
                Arguments.of(remote("tcp://"), "BUILDER_NODE_0_AUTH_TLS_KEY"),
                Arguments.of(
                        RawInput.of(Map.of("endpoint", RawValue.of("tcp://h:1"))), "BUILDER_NODE_0_AUTH_TLS_CACERT"),
                Arguments.of(RawInput.NONE, "BUILDER_NODE_0_AUTH_TLS_CERT"),
                Arguments.of(remote("tcp://h:1"), "BUILDER_NODE_1_AUTH_TLS_CERT"));
    }

    @ParameterizedTest
    @MethodSource("unused")
    void aCertificateThatNoNodeUsesIsWrittenNowhereAndTold(RawInput inputs, String variable) {
        BuilderTls tls = BuilderTls.from(inputs, List.of(), Map.of(variable, "text"), CONFIG);

        assertThat(tls.files()).isEmpty();
        assertThat(tls.inputs()).isEqualTo(inputs);
        assertThat(tls.notices()).extracting(Notice::input).containsExactly(variable);
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDER_NODE_00_AUTH_TLS_KEY",
        "BUILDER_NODE_99999_AUTH_TLS_KEY",
        "BUILDER_NODE__AUTH_TLS_KEY",
        "BUILDER_NODE_0_AUTH_TLS_CA",
        "MY_BUILDER_NODE_0_AUTH_TLS_KEY"
    })
    void otherVariablesAreNoneOfOurs(String variable) {
        BuilderTls tls = BuilderTls.from(remote("tcp://h:1"), List.of(), Map.of(variable, "text"), CONFIG);

        assertThat(tls.files()).isEmpty();
        assertThat(tls.notices()).isEmpty();
    }

    @Test
    void noTextThatIsShownHoldsAKey() {
        BuilderTls tls = BuilderTls.from(
                remote("tcp://h:1"),
                List.of(),
                Map.of("BUILDER_NODE_0_AUTH_TLS_KEY", "hunter2", "BUILDER_NODE_3_AUTH_TLS_KEY", "hunter2"),
                CONFIG);

        assertThat(tls.toString()).doesNotContain("hunter2");
    }

    private static RawInput remote(String endpoint) {
        return RawInput.of(Map.of("driver", RawValue.of("remote"), "endpoint", RawValue.of(endpoint)));
    }

    private static RawInput node(String endpoint) {
        return RawInput.of(Map.of("endpoint", RawValue.of(endpoint)));
    }

    private static CertificateFile file(String name, String content) {
        return new CertificateFile(CERTS.resolve(name), new Secret(content));
    }

    private static List<NodeSpec> nodes(BuilderTls tls) {
        assertThat(check(tls)).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuilderRequest>) check(tls)).value().builder().nodes();
    }

    private static Checked<BuilderRequest> check(BuilderTls tls) {
        return BuilderInputs.check(
                tls.inputs(), tls.append(), FakeOutside.checkout().outside());
    }
}

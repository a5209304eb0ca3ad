package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.Patience;
import io.buildkitci.model.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BakeInputsTest {
    private final FakeOutside outside =
            new FakeOutside().file("docker-bake.hcl").file("compose.yaml");

    private Checked<BakeInputs.Asked> check(List<String> namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.size(); i += 2) {
            values.put(namesAndTexts.get(i), RawValue.of(namesAndTexts.get(i + 1)));
        }
        return BakeInputs.check(RawInput.of(values, name -> "--" + name), outside.outside());
    }

    @Test
    void readsEveryInputOfThePeer() {
        Checked<BakeInputs.Asked> checked = check(List.of(
                "files", "docker-bake.hcl,compose.yaml",
                "targets", "app,db",
                "vars", "TAG=1.2.3\nLIST=a,b",
                "set", "*.platform=linux/amd64\napp.args.X+=1,2",
                "allow", "network.host, fs.read=/tmp",
                "push", "true",
                "no-cache", "true",
                "pull", "true",
                "provenance", "mode=max",
                "sbom", "true",
                "retries", "3",
                "timeout", "45m",
                "builder", "ci"));

        assertThat(checked).isInstanceOf(Checked.Valid.class);
        BakeInputs.Asked asked = ((Checked.Valid<BakeInputs.Asked>) checked).value();
        BakeRequest request = asked.request();
        assertThat(request.what().files()).containsExactly("docker-bake.hcl", "compose.yaml");
        assertThat(request.what().targets()).containsExactly("app", "db");
        assertThat(request.what().variables()).containsExactly(new Setting("TAG", "1.2.3"), new Setting("LIST", "a,b"));
        assertThat(request.changes().set()).containsExactly("*.platform=linux/amd64", "app.args.X+=1,2");
        assertThat(request.changes().allow()).containsExactly("network.host", "fs.read=/tmp");
        assertThat(request.changes().push()).isTrue();
        assertThat(request.builder()).contains("ci");
        assertThat(request.patience())
                .isEqualTo(new Patience(3, Optional.of(Duration.ofMinutes(45)), Patience.USUAL.inactivity()));
        assertThat(asked.print()).isFalse();
        assertThat(request.what().toString()).doesNotContain("1.2.3");
    }

    @Test
    void everyNameOfThePeerIsThere() {
        assertThat(BakeInputs.ALL.specs().stream()
                        .filter(spec -> spec.origin() == InputSpec.Origin.PEER)
                        .map(InputSpec::name))
                .containsExactlyInAnyOrder(
                        "builder",
                        "allow",
                        "call",
                        "files",
                        "no-cache",
                        "pull",
                        "load",
                        "provenance",
                        "push",
                        "sbom",
                        "set",
                        "source",
                        "targets",
                        "vars",
                        "github-token");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(List.of("files", "none.hcl"), "--files: 'none.hcl': no such file"),
                Arguments.of(
                        List.of("set", "platform=linux/arm64"),
                        "--set: 'platform=linux/arm64': must be <target>.<key>=<value>, such as *.platform=linux/arm64"),
                Arguments.of(List.of("vars", "TAG"), "--vars: 'TAG': has no '='; write name=value"),
                Arguments.of(
                        List.of("vars", "A B=1"), "--vars: 'A B': not the name of a variable: letters, digits and '_'"),
                Arguments.of(
                        List.of("targets", "--push"),
                        "--targets: '--push': not the name of a target: letters, digits, '_', '.' and '-'"),
                Arguments.of(
                        List.of("source", "./app"), "--source: './app': no such directory, and not a git or http URL"),
                Arguments.of(
                        List.of("call", "check", "push", "true"), "--push: there is no result with --call; drop one"),
                Arguments.of(
                        List.of("cache", "service=http://cache.example"),
                        "cache-token: a cache service gives nothing without a token; 'cache token' makes one"),
                Arguments.of(
                        List.of("cache", "service=nowhere", "cache-token", "a.b.c"),
                        "--cache: 'service=nowhere': says no address of a service; write"
                                + " service=http://cache.example:8321"),
                Arguments.of(
                        List.of("cache", "service=http://cache.example", "cache-token", "abc"),
                        "--cache-token: '***': is no token of a cache service; 'cache token' makes one"),
                Arguments.of(List.of("provenance", "max"), "--provenance: 'max': write mode=max"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(List<String> inputs, String problem) {
        Checked<BakeInputs.Asked> checked = check(inputs);

        assertThat(checked).isInstanceOf(Checked.Invalid.class);
        assertThat(((Checked.Invalid<BakeInputs.Asked>) checked).problems())
                .extracting(Problem::render)
                .containsExactly(problem);
    }
}

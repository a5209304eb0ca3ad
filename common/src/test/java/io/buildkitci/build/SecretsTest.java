package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Secret;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.ConfiguredProxy;
import io.buildkitci.plan.Machines;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {
    private static final String PLANTED = "correct-horse-battery";

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("secrets", "npm=" + PLANTED),
                Arguments.of("secrets", "\"pem=first line of it\n" + PLANTED + "\""),
                Arguments.of("secret-envs", "npm=NPM_TOKEN"),
                Arguments.of("secret-files", "netrc=/home/p/.netrc"),
                Arguments.of("cache-from", "type=gha,token=" + PLANTED),
                Arguments.of("cache-to", "type=s3,bucket=b,region=r,secret_access_key=" + PLANTED),
                Arguments.of("outputs", "type=image,registry.token=" + PLANTED),
                Arguments.of("build-args", "HTTP_PROXY=http://me:" + PLANTED + "@proxy.example"),
                Arguments.of("context", "https://me:" + PLANTED + "@git.example/r.git"),
                Arguments.of("build-contexts", "lib=https://me:" + PLANTED + "@git.example/r.git"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void findsEverySecretWhereverItIs(String input, String text) {
        assertThat(redactor(Asked.of(input, text)).redact("said " + PLANTED + " aloud"))
                .isEqualTo("said *** aloud");
    }

    @Test
    void findsThatOfAProxyThatTheClientAdds() {
        ConfiguredProxy proxy = new ConfiguredProxy("config.json", "httpProxy", "HTTP_PROXY", new Secret(PLANTED));
        Builds.Ready ready =
                new Builds.Ready(Asked.of().request(), Machines.container().with(List.of(proxy)));

        assertThat(Secrets.values(ready, name -> Optional.empty(), new InMemoryFiles()))
                .containsExactly(PLANTED);
    }

    @Test
    void hidesNothingElse() {
        Redactor redactor = redactor(Asked.of(
                "tags", "r.example/app:1", "build-args", "A=public", "cache-from", "type=registry,ref=r.example/c"));

        assertThat(redactor.redact("r.example/app:1 public r.example/c"))
                .isEqualTo("r.example/app:1 public r.example/c");
    }

    @Test
    void aSecretThatIsGoneMeanwhileHidesNothing() {
        Redactor redactor = Secrets.redactor(
                Asked.of("secret-envs", "npm=NPM_TOKEN", "secret-files", "f=/home/p/.netrc")
                        .request(),
                name -> Optional.empty(),
                new InMemoryFiles());

        assertThat(redactor.redact("text")).isEqualTo("text");
    }

    private static Redactor redactor(Asked asked) {
        Map<String, String> environment = Map.of("NPM_TOKEN", PLANTED);
        return Secrets.redactor(
                asked.request(),
                name -> Optional.ofNullable(environment.get(name)),
                new InMemoryFiles().with("/home/p/.netrc", PLANTED + "\n"));
    }
}

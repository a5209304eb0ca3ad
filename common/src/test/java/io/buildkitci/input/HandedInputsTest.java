package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Secret;
import io.buildkitci.model.SecretSpec;
import io.buildkitci.model.SshSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandedInputsTest {
    @Test
    void keepsSecretsToTheLetter() {
        assertThat(BuildCheck.given("secrets", "a= x =y,\"z\" \n\"b=line1\nline2\n\"\n  c=v")
                        .valid()
                        .handed()
                        .secrets())
                .containsExactly(value("a", " x =y,\"z\" "), value("b", "line1\nline2\n"), value("c", "v"));
    }

    @Test
    void readsSecretsOfEverySource() {
        assertThat(BuildCheck.given("secrets", "a=1", "secret-envs", "b=TOKEN,c=OTHER", "secret-files", "d=dir/x,y")
                        .variable("TOKEN", "t")
                        .variable("OTHER", "")
                        .file("dir/x,y")
                        .valid()
                        .handed()
                        .secrets())
                .containsExactly(
                        value("a", "1"),
                        new SecretSpec("b", new SecretSpec.Variable("TOKEN")),
                        new SecretSpec("c", new SecretSpec.Variable("OTHER")),
                        new SecretSpec("d", new SecretSpec.SecretFile("dir/x,y")));
    }

    private static SecretSpec value(String id, String value) {
        return new SecretSpec(id, new SecretSpec.Value(new Secret(value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "=hunter2",
                "my id=hunter2",
                "id=hunter2,src=file",
                "id=hunter2,env=X",
                "\"a=hunter2",
                "\"a=hunter2\" b",
                "a=ok\nhunter2"
            })
    void refusesASecretWithoutShowingIt(String text) {
        assertThat(BuildCheck.given("secrets", text).problem())
                .startsWith("--secrets: '***': ")
                .doesNotContain("hunter2");
    }

    @Test
    void noProblemOfAnyInputShowsASecretThatStandsInTheWrongPlace() {
        String secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
        List<String> problems = BuildCheck.given(
                        "secret-envs", "a=" + secret + "," + secret,
                        "secret-files", "b=" + secret + "\n" + secret,
                        "cache-to", "type=gha,token=" + secret + ",x")
                .problems();

        assertThat(problems).hasSize(5).noneMatch(p -> p.contains(secret));
    }

    @Test
    void anEmptySecretIsLeftOutAndThatIsTold() {
        BuildCheck check = BuildCheck.given("secrets", "npm=\npip=  \ntoken=t0ken");

        assertThat(check.problems()).isEmpty();
        assertThat(check.notices())
                .containsExactly(
                        "--secrets: the secret 'npm' is empty and is left out, as if it were not given",
                        "--secrets: the secret 'pip' is empty and is left out, as if it were not given");
        assertThat(check.valid().handed().secrets())
                .singleElement()
                .satisfies(secret -> assertThat(secret.id()).isEqualTo("token"));
    }

    @Test
    void aSecretLongerThanBuildKitTakesIsAnError() {
        assertThat(BuildCheck.given("secrets", "a=" + "x".repeat(500 * 1024)).problems())
                .isEmpty();
        assertThat(BuildCheck.given("secrets", "a=" + "x".repeat(500 * 1024 + 1))
                        .problem())
                .isEqualTo("--secrets: '***': the secret 'a' is longer than 500 KiB");
    }

    @Test
    void aVariableOrFileThatIsNotThereIsAnError() {
        assertThat(BuildCheck.given("secret-envs", "t=MY_VAR", "secret-files", "n=./.netrc")
                        .problems())
                .containsExactly(
                        "--secret-envs: 't=MY_VAR': there is no environment variable of the name given for this id",
                        "--secret-files: 'n=./.netrc': there is no readable file at the path given for this id");
    }

    @Test
    void anIdIsGivenOnceInAllThreeInputs() {
        assertThat(BuildCheck.given("secrets", "a=1\na=2", "secret-envs", "a=T")
                        .variable("T", "t")
                        .problems())
                .containsExactly(
                        "--secrets: the id 'a' is given twice",
                        "--secret-envs: the id 'a' is given twice (also in --secrets)");
    }

    @Test
    void readsAgentsAndKeys() {
        assertThat(BuildCheck.given("ssh", "default,key=/k1\n\"two=/k1,/k2\"")
                        .variable("SSH_AUTH_SOCK", "/run/agent")
                        .file("/k1")
                        .file("/k2")
                        .valid()
                        .handed()
                        .ssh())
                .containsExactly(
                        new SshSpec("default", List.of()),
                        new SshSpec("key", List.of("/k1")),
                        new SshSpec("two", List.of("/k1", "/k2")));
    }

    @Test
    void anAgentThatDoesNotRunIsAnError() {
        assertThat(BuildCheck.given("ssh", "default").problem())
                .isEqualTo("--ssh: 'default': needs an SSH agent, and SSH_AUTH_SOCK is not set; start one or write"
                        + " default=<path>");
        assertThat(BuildCheck.given("ssh", "default")
                        .variable("SSH_AUTH_SOCK", "")
                        .problems())
                .hasSize(1);
    }

    @Test
    void sshKeysThatAreNotThereOrHaveNoIdAreErrors() {
        assertThat(BuildCheck.given("ssh", "k=/none,/other").problems())
                .hasSize(2)
                .anyMatch(p -> p.contains("'/none' is no readable key or socket"))
                .anyMatch(p -> p.contains("'/other'") && p.contains("\"id=a,b\""));
        assertThat(BuildCheck.given("ssh", "k=/a,k=/a").file("/a").problem()).contains("'k': the id is given twice");
    }
}

package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceInputsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/o/r.git#main",
                "http://example/ctx.tar.gz",
                "git://example/r",
                "ssh://git@example/r.git",
                "git@github.com:o/r.git#v1:sub",
                "github.com/o/r",
                "deploy@git.example:o/r.git",
                "{{defaultContext}}:sub"
            })
    void leavesAContextThatBuildKitFetchesAlone(String context) {
        assertThat(BuildCheck.given("context", context).valid().source().context())
                .isEqualTo(context);
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, no such directory",
        "./Dockerfile, no such directory",
        "-, standard input",
    })
    void refusesAContextThatIsNotThere(String context, String why) {
        assertThat(BuildCheck.given("context", context).problem()).contains("--context: '" + context + "'", why);
    }

    @Test
    void findsTheDockerfileOfTheContextInBothSpellings() {
        assertThat(BuildCheck.given("context", "app")
                        .directory("app")
                        .file("app/Dockerfile")
                        .valid()
                        .source()
                        .file())
                .isEmpty();
        assertThat(BuildCheck.given("context", "app/")
                        .directory("app/")
                        .file("app/dockerfile")
                        .problems())
                .isEmpty();
        assertThat(BuildCheck.given("context", "app").directory("app").problem())
                .isEqualTo("file: 'app/Dockerfile': no such file; name the Dockerfile here");
    }

    @Test
    void saysWhereADockerfileIsLookedFor() {
        assertThat(BuildCheck.given("context", "app", "file", "ci.Dockerfile")
                        .directory("app")
                        .file("app/ci.Dockerfile")
                        .problem())
                .isEqualTo("--file: 'ci.Dockerfile': no such file; it is taken from where the step runs, write"
                        + " 'app/ci.Dockerfile'");
        assertThat(BuildCheck.given("file", "none").problem()).isEqualTo("--file: 'none': no such file");
        assertThat(BuildCheck.given("file", "-").problem()).contains("standard input");
    }

    @Test
    void looksForNoFileInAContextThatIsElsewhere() {
        assertThat(BuildCheck.given("context", "https://example/r.git", "file", "x.Dockerfile")
                        .problems())
                .isEmpty();
        assertThat(BuildCheck.given("file", "https://example/Dockerfile").problems())
                .isEmpty();
    }

    @Test
    void keepsEverythingAfterTheFirstEqualsOfABuildArgument() {
        assertThat(BuildCheck.given("build-args", "A=1=2,3\nEMPTY=\n\"MULTI=a\nb\"")
                        .valid()
                        .source()
                        .buildArgs())
                .containsExactly(new Setting("A", "1=2,3"), new Setting("EMPTY", ""), new Setting("MULTI", "a\nb"));
    }

    @Test
    void aBareBuildArgumentTakesItsValueFromTheEnvironment() {
        BuildCheck check = BuildCheck.given("build-args", "HTTP_PROXY").variable("HTTP_PROXY", "http://proxy:3128");

        assertThat(check.valid().source().buildArgs()).containsExactly(new Setting("HTTP_PROXY", "http://proxy:3128"));
        assertThat(check.notices())
                .containsExactly("--build-args: 'HTTP_PROXY' has no '='; its value is taken from the environment");
    }

    @Test
    void aBareBuildArgumentThatIsNotSetIsAnError() {
        assertThat(BuildCheck.given("build-args", "VERSION").problem())
                .isEqualTo("--build-args: 'VERSION': has no '=', and there is no environment variable of this name;"
                        + " write name=value");
        assertThat(BuildCheck.given("build-args", "VERSION")
                        .variable("VERSION", "")
                        .problems())
                .isEmpty();
    }

    @Test
    void aBuildArgumentWithoutNameIsAnError() {
        assertThat(BuildCheck.given("build-args", "=1").problem()).contains("has no name before the '='");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NPM_TOKEN=hunter2", "dbPassword=hunter2", "MY_SECRET=hunter2", "API_KEY=hunter2"})
    void saysThatABuildArgumentIsNoPlaceForASecret(String arg) {
        assertThat(BuildCheck.given("build-args", arg).notices())
                .singleElement()
                .asString()
                .contains("looks like a secret")
                .doesNotContain("hunter2");
    }

    @Test
    void theLastOfTwoBuildArgumentsOfOneNameCounts() {
        BuildCheck check = BuildCheck.given("build-args", "A=1\nB=2\nA=3");

        assertThat(check.valid().source().buildArgs()).containsExactly(new Setting("B", "2"), new Setting("A", "3"));
        assertThat(check.notices()).containsExactly("--build-args: 'A' is given more than once; the last one counts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base=docker-image://alpine:3.22",
                "base=oci-layout://./layout:1",
                "lib=https://github.com/o/lib.git",
                "lib={{defaultContext}}:lib",
                "alpine:3.22=docker-image://r.example/alpine",
                "lib=lib"
            })
    void acceptsFurtherContexts(String context) {
        assertThat(BuildCheck.given("build-contexts", context)
                        .directory("lib")
                        .valid()
                        .source()
                        .buildContexts())
                .map(Setting::render)
                .containsExactly(context);
    }

    @ParameterizedTest
    @CsvSource({
        "lib=nowhere, is no directory",
        "lib, has no '='",
        "Bad Name=., not an image reference",
        "base=docker-image://Bad/Ref, must be lower case",
    })
    void refusesFurtherContextsThatAreNone(String context, String why) {
        assertThat(BuildCheck.given("build-contexts", context).problem()).contains("--build-contexts: ", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "check", "outline", "targets", "check,format=json", "lint,ignorestatus=true"})
    void acceptsTheCallsOfDockerfiles(String call) {
        assertThat(BuildCheck.given("call", call).valid().source().call()).contains(call);
    }

    @Test
    void refusesOtherCalls() {
        assertThat(BuildCheck.given("call", "chekc").problem()).endsWith("did you mean 'check'?");
        assertThat(BuildCheck.given("call", "check,outline").problem()).contains("unknown call");
    }
}

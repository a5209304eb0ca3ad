package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildInputsTest {
    @Test
    void nothingGivenBuildsTheDirectory() {
        BuildRequest request = BuildCheck.given().valid();

        assertThat(request.source().context()).isEqualTo(".");
        assertThat(request.source().file()).isEmpty();
        assertThat(request.platforms()).isEmpty();
        assertThat(request.delivery()).isEqualTo(new BuildRequest.Delivery(false, false, List.of()));
        assertThat(request.caching().shorthand()).isEmpty();
        assertThat(request.handed().secrets()).isEmpty();
        assertThat(request.builder()).isEmpty();
    }

    @Test
    void readsTheMainJob() throws Exception {
        BuildRequest request = BuildCheck.given(
                        "platforms", "linux/amd64, arm64\narm/v7",
                        "tags", "registry.example/app:1,registry.example/app:latest",
                        "push", "true",
                        "cache", "registry",
                        "builder", "ci",
                        "target", "runtime",
                        "no-cache-filters", "test,lint",
                        "pull", "True")
                .valid();

        assertThat(request.platforms())
                .map(Platform::render)
                .containsExactly("linux/amd64", "linux/arm64", "linux/arm/v7");
        assertThat(request.naming().tags())
                .map(ImageRef::render)
                .containsExactly("registry.example/app:1", "registry.example/app:latest");
        assertThat(request.delivery().push()).isTrue();
        assertThat(request.caching().shorthand()).contains(CacheShorthand.parse("registry"));
        assertThat(request.caching().noCacheFilters()).containsExactly("test", "lint");
        assertThat(request.caching().pull()).isTrue();
        assertThat(request.builder()).contains("ci");
        assertThat(request.source().target()).contains("runtime");
    }

    @Test
    void reportsEveryProblemAtOnceInTheHostsWords() {
        assertThat(BuildCheck.given(
                                "platfroms", "linux/amd64",
                                "platforms", "linux/amd64,linux/sparc,plan9",
                                "tags", "Reg/App:1",
                                "push", "yes",
                                "context", "nowhere",
                                "ulimit", "nofil=1",
                                "secret-envs", "t=NOT_THERE")
                        .problems())
                .hasSize(8)
                .anyMatch(p -> p.startsWith("--platfroms: unknown input; did you mean 'platforms'?"))
                .anyMatch(p -> p.startsWith("--platforms: 'linux/sparc': unknown platform; accepted are linux/386"))
                .anyMatch(p -> p.startsWith("--platforms: 'plan9': unknown platform"))
                .anyMatch(p -> p.contains("--tags: 'Reg/App:1'") && p.contains("write 'reg/app'"))
                .contains("--push: 'yes': not a boolean; accepted are true and false")
                .contains("--context: 'nowhere': no such directory, and not a git or http URL")
                .anyMatch(p -> p.startsWith("--ulimit: 'nofil=1'") && p.endsWith("did you mean 'nofile'?"))
                .contains(
                        "--secret-envs: 't=NOT_THERE': there is no environment variable of the name given for this id");
    }

    @Test
    void anUnknownInputFarFromAllPointsToTheHelp() {
        assertThat(BuildCheck.given("qwertyuiop", "x").problem())
                .isEqualTo("--qwertyuiop: unknown input; see the help of build-push for all inputs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void readsTheBooleansOfYaml(String text) {
        assertThat(BuildCheck.given("no-cache", text).valid().caching().noCache())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on", "tRUE", "falsch"})
    void refusesOtherBooleans(String text) {
        assertThat(BuildCheck.given("no-cache", text).problem())
                .isEqualTo("--no-cache: '" + text + "': not a boolean; accepted are true and false");
    }

    @Test
    void anEmptyTextIsNotGiven() {
        assertThat(BuildCheck.given("push", "", "tags", "\n", "cache", " ", "builder", "")
                        .check()
                        .notices())
                .isEmpty();
        assertThat(BuildCheck.given("push", "", "tags", "\n", "cache", " ")
                        .valid()
                        .delivery()
                        .push())
                .isFalse();
    }

    @Test
    void oneValueIsOneValue() {
        assertThat(BuildCheck.given().items("target", "a").valid().source().target())
                .contains("a");
        assertThat(BuildCheck.given().items("target", "a", "b").problem())
                .isEqualTo("--target: takes one value; 2 were given");
    }

    @Test
    void anAliasIsItsInput() {
        assertThat(BuildCheck.given("tag", "app:1", "platform", "arm64")
                        .valid()
                        .naming()
                        .tags())
                .map(ImageRef::render)
                .containsExactly("app:1");
        assertThat(BuildCheck.given("tag", "Bad/App").problem()).startsWith("--tag: ");
        assertThat(BuildCheck.given("tag", "a", "tags", "b").problem())
                .isEqualTo("--tag: given beside --tags, its other name");
    }

    @Test
    void aPlatformInTwoSpellingsIsGivenTwice() {
        assertThat(BuildCheck.given("platforms", "linux/arm64,linux/arm64/v8").problem())
                .isEqualTo("--platforms: 'linux/arm64': is given twice (other spellings count); name it once");
    }

    @Test
    void aTagGivenTwiceIsUsedOnce() {
        BuildCheck check = BuildCheck.given("tags", "app:1\napp:2\napp:1");

        assertThat(check.valid().naming().tags()).map(ImageRef::render).containsExactly("app:1", "app:2");
        assertThat(check.notices()).containsExactly("--tags: 'app:1' is given twice");
    }

    static Stream<Arguments> builders() {
        return Stream.of(
                Arguments.of("ci", Optional.of("ci")),
                Arguments.of("ci_1.x-y", Optional.of("ci_1.x-y")),
                Arguments.of("2nd+context", Optional.of("2nd+context")),
                Arguments.of("a b", Optional.empty()),
                Arguments.of("--push", Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void theBuilderIsAName(String text, Optional<String> name) {
        if (name.isPresent()) {
            assertThat(BuildCheck.given("builder", text).valid().builder()).isEqualTo(name);
        } else {
            assertThat(BuildCheck.given("builder", text).problem()).startsWith("--builder: '" + text + "'");
        }
    }

    @Test
    void theTokenOfTheGitHubHostIsKnownAndNotUsed() {
        assertThat(BuildCheck.given("github-token", "ghs_x").valid().toString()).doesNotContain("ghs_x");
    }

    @Test
    void everyExampleOfTheTableIsAccepted() {
        for (InputSpec spec : BuildInputs.ALL.specs()) {
            BuildCheck check = BuildCheck.given("tags", "app:1")
                    .and(spec.name(), spec.name().equals("cache-token") ? "header.claims.signature" : spec.example())
                    .variable("NPM_TOKEN", "x")
                    .variable("SSH_AUTH_SOCK", "/run/agent")
                    .file("./.netrc")
                    .file("docker/app.Dockerfile")
                    .directory("./app")
                    .file("./app/Dockerfile");

            assertThat(check.problems()).as(spec.name()).isEmpty();
        }
    }

    @Test
    void aPlainHostSpeaksInPlainNames() {
        Checked<BuildRequest> checked = BuildInputs.check(
                RawInput.of(Map.of("platforms", RawValue.of("x"))),
                FakeOutside.checkout().outside());

        assertThat(((Checked.Invalid<BuildRequest>) checked).problems())
                .map(Problem::input)
                .containsExactly("platforms");
    }
}

package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.Notice;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Setting;
import io.buildkitci.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the peer's own table ({@code __tests__/buildx/build.test.ts} of docker/actions-toolkit 0.95), and more. */
class ContextsTest {
    private static final String REPOSITORY = "https://github.com/o/r.git";
    private static final String PULL_HEAD = "DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF";
    private static final String QUERY = "BUILDX_SEND_GIT_QUERY_AS_INPUT";

    static Stream<Arguments> jobs() {
        return Stream.of(
                row("a push", Jobs.push(), "#" + Jobs.SHA),
                row("a tag", Jobs.push().with("GITHUB_REF", "refs/tags/v1"), "#" + Jobs.SHA),
                row("a short ref", Jobs.push().with("GITHUB_REF", "main"), "#" + Jobs.SHA),
                row("no ref", Jobs.push().without("GITHUB_REF"), "#" + Jobs.SHA),
                row("no commit", Jobs.push().without("GITHUB_SHA"), "#refs/heads/main"),
                row(
                        "no commit and a short ref",
                        Jobs.push().without("GITHUB_SHA").with("GITHUB_REF", "main"),
                        "#refs/heads/main"),
                row("a pull request, merged", Jobs.pullRequest(), "#" + Jobs.SHA),
                row("a pull request as it is", Jobs.pullRequest().with(PULL_HEAD, "true"), "#" + Jobs.HEAD),
                row("the switch off", Jobs.pullRequest().with(PULL_HEAD, "false"), "#" + Jobs.SHA),
                row("the switch at a push", Jobs.push().with(PULL_HEAD, "true"), "#" + Jobs.SHA),
                row(
                        "a pull request as it is, its head unknown",
                        Jobs.pullRequest().with(PULL_HEAD, "1").withoutEventFile(),
                        "#refs/pull/15/head"),
                row(
                        "a ref that names the head itself",
                        Jobs.pullRequest().with("GITHUB_REF", "refs/pull/15/head"),
                        "#" + Jobs.HEAD),
                row("a query", Jobs.push().with(QUERY, "true"), "?ref=" + Jobs.SHA),
                row(
                        "a query of a pull request as it is",
                        Jobs.pullRequest().with(QUERY, "true").with(PULL_HEAD, "true"),
                        "?ref=" + Jobs.HEAD));
    }

    private static Arguments row(String what, Jobs job, String expected) {
        return Arguments.of(what, job.job(), expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void theDefaultIsTheCommitOfTheEvent(String what, Job job, String expected) {
        assertThat(context("", job)).isEqualTo(REPOSITORY + expected);
    }

    @Test
    void onAnEnterpriseServerItIsFetchedFromThere() {
        Job job = Jobs.push()
                .with("GITHUB_SERVER_URL", "https://ghe.example:8443")
                .job();

        assertThat(context("", job)).isEqualTo("https://ghe.example:8443/o/r.git#" + Jobs.SHA);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aQueryIsWrittenForAClientThatIsKnownToReadIt(Optional<Version> buildx, String expected) {
        Job job = Jobs.push().with(QUERY, "true").job();

        Contexts contexts = Contexts.fill(RawInput.NONE, job, buildx);

        assertThat(text(contexts, "context")).isEqualTo(REPOSITORY + expected + Jobs.SHA);
        assertThat(Contexts.dependOnTheVersion(job)).isTrue();
        assertThat(Contexts.dependOnTheVersion(Jobs.push().job())).isFalse();
    }

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of(Version.parse("0.29.0"), "?ref="),
                Arguments.of(Version.parse("0.36.1"), "?ref="),
                Arguments.of(Version.parse("0.28.0"), "#"),
                Arguments.of(Optional.empty(), "#"));
    }

    static Stream<Arguments> templates() {
        String fragment = REPOSITORY + "#" + Jobs.SHA;
        return Stream.of(
                Arguments.of("{{defaultContext}}", fragment),
                Arguments.of("{{ defaultContext }}", fragment),
                Arguments.of("{{{defaultContext}}}", fragment),
                Arguments.of("{{defaultContext}}:docker", fragment + ":docker"),
                Arguments.of("{{defaultContext}}:a b/c$1\\", fragment + ":a b/c$1\\"),
                Arguments.of("{{defaultContext}}:", fragment),
                Arguments.of("{{defaultContext}}:.", fragment),
                Arguments.of("  ", fragment),
                Arguments.of(".", "."),
                Arguments.of("{{other}}", "{{other}}"),
                Arguments.of("https://example.com/a.git#main", "https://example.com/a.git#main"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void theTemplateStandsForTheDefaultWithADirectoryBelowIt(String written, String expected) {
        assertThat(context(written, Jobs.push().job())).isEqualTo(expected);
    }

    @Test
    void aDirectoryBelowAQueryIsPartOfTheQuery() {
        Job job = Jobs.push().with(QUERY, "true").job();

        assertThat(context("{{defaultContext}}:docker", job))
                .isEqualTo(REPOSITORY + "?ref=" + Jobs.SHA + "&subdir=docker");
        assertThat(context("{{defaultContext}}:.", job)).isEqualTo(REPOSITORY + "?ref=" + Jobs.SHA);
    }

    @Test
    void furtherContextsUnderstandTheTemplateToo() {
        RawInput raw = RawInput.of(Map.of(
                "build-contexts",
                RawValue.of("src={{defaultContext}}\n\"lib={{defaultContext}}:lib\"\nbase=docker-image://alpine")));

        Contexts contexts = Contexts.fill(raw, Jobs.push().job(), Optional.empty());

        assertThat(checked(contexts).source().buildContexts())
                .containsExactly(
                        new Setting("src", REPOSITORY + "#" + Jobs.SHA),
                        new Setting("lib", REPOSITORY + "#" + Jobs.SHA + ":lib"),
                        new Setting("base", "docker-image://alpine"));
        assertThat(checked(contexts).source().context()).isEqualTo(REPOSITORY + "#" + Jobs.SHA);
    }

    @Test
    void furtherContextsThatAreItemsStayItems() {
        RawInput raw = RawInput.of(
                Map.of("build-context", RawValue.of(List.of("a={{defaultContext}}:x", "b=https://example.com/b.git"))));

        Contexts contexts = Contexts.fill(raw, Jobs.push().job(), Optional.empty());

        assertThat(contexts.inputs().get("build-contexts").orElseThrow().value())
                .isEqualTo(
                        RawValue.of(List.of("a=" + REPOSITORY + "#" + Jobs.SHA + ":x", "b=https://example.com/b.git")));
    }

    @Test
    void outsideOfARepositoryTheDefaultIsTheCurrentDirectoryAndSaysSoOnce() {
        RawInput raw =
                RawInput.of(Map.of("build-contexts", RawValue.of("a={{defaultContext}}:lib\nb={{defaultContext}}")));

        Contexts contexts = Contexts.fill(raw, Jobs.none().job(), Optional.empty());

        assertThat(text(contexts, "context")).isEqualTo(".");
        assertThat(text(contexts, "build-contexts")).isEqualTo("a=./lib\nb=.");
        assertThat(contexts.notices()).extracting(Notice::input).containsExactly("context");
    }

    @Test
    void outsideOfARepositoryAContextThatIsGivenNeedsNoNotice() {
        RawInput raw = RawInput.of(Map.of("context", RawValue.of("app")));

        assertThat(Contexts.fill(raw, Jobs.none().job(), Optional.empty())).isEqualTo(new Contexts(raw, List.of()));
    }

    @Test
    void wordsAndOtherInputsStay() {
        RawInput raw = RawInput.of(
                Map.of("context", RawValue.of(""), "tags", RawValue.of("{{defaultContext}}")), name -> "with." + name);

        RawInput inputs =
                Contexts.fill(raw, Jobs.push().job(), Optional.empty()).inputs();

        assertThat(inputs.get("context").orElseThrow().word()).isEqualTo("with.context");
        assertThat(inputs.get("tags")).isEqualTo(raw.get("tags"));
        assertThat(inputs.given()).hasSize(2);
    }

    private static String context(String written, Job job) {
        RawInput raw = RawInput.of(Map.of("context", RawValue.of(written)));
        Contexts contexts = Contexts.fill(raw, job, Version.parse("0.36.1"));
        assertThat(contexts.notices()).isEmpty();
        return text(contexts, "context");
    }

    private static String text(Contexts contexts, String name) {
        return ((RawValue.Text) contexts.inputs().get(name).orElseThrow().value()).text();
    }

    private static BuildRequest checked(Contexts contexts) {
        Checked<BuildRequest> checked =
                BuildInputs.check(contexts.inputs(), FakeOutside.checkout().outside());
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BuildRequest>) checked).value();
    }
}

package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.OutputSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryRulesTest {
    private static final String BY_DIGEST = "type=image,push-by-digest=true,name-canonical=true,push=true";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "out | type=local,dest=out",
                "./a b | type=local,dest=./a b",
                "type=local,dest=out | type=local,dest=out",
                "dest=out.tar,type=tar | type=tar,dest=out.tar",
                "type=image,push=1 | type=image,push=true",
                "type=registry | type=registry",
                "type=docker | type=docker",
                "type=docker,dest=image.tar | type=docker,dest=image.tar",
                "type=oci,dest=layout,tar=false | type=oci,dest=layout,tar=false",
                "type=cacheonly | type=cacheonly",
                "type=image,\"name=a,b\" | type=image,\"name=a,b\"",
            })
    void readsAnOutput(String text, String rendered) {
        String tags = text.contains("name=") ? "" : "app:1";

        assertThat(BuildCheck.given("outputs", text, "tags", tags)
                        .valid()
                        .delivery()
                        .outputs())
                .map(OutputSpec::render)
                .containsExactly(rendered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- | standard output",
                "type=tar,dest=- | standard output",
                "dest=out | has no type",
                "type=lcoal,dest=out | did you mean 'local'?",
                "type=local | needs dest=<path>",
                "type=oci | needs dest=<path>",
                "type=tar,dest= | needs dest=<path>",
                "type=docker,tar=false | needs dest=<path>",
                "type=image,push=maybe | must be true or false",
                "type=image,name=Bad/Name | must be lower case",
                "type=local,dest=a,dest=b | given twice",
            })
    void refusesAnOutputThatCannotWork(String text, String why) {
        assertThat(BuildCheck.given("outputs", text, "tags", "app:1").problem()).contains("--outputs: ", why);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(List.of("push", "true"), "--push: nothing says where to; give tags"),
                Arguments.of(List.of("push", "true", "outputs", "out"), "--push: nothing says where to; give tags"),
                Arguments.of(
                        List.of("outputs", "type=registry"),
                        "--outputs: 'type=registry': nothing says where to; give tags or name=<reference>"),
                Arguments.of(
                        List.of("outputs", BY_DIGEST),
                        "--outputs: '" + BY_DIGEST + "': nothing says where to; give tags or name=<reference>"),
                Arguments.of(
                        List.of("outputs", "type=image,push=false", "push", "true", "tags", "app:1"),
                        "--outputs: 'type=image,push=false': says push=false while --push is set; drop one"),
                Arguments.of(
                        List.of("outputs", BY_DIGEST + ",name=app", "tags", "app:1"),
                        "--tags: a push by digest takes no tags; give name=<repository> in outputs instead"),
                Arguments.of(
                        List.of("outputs", BY_DIGEST + ",name=app:1"),
                        "--outputs: '" + BY_DIGEST + ",name=app:1': a push by digest takes a name without tag"),
                Arguments.of(
                        List.of("outputs", "type=cacheonly", "load", "true"),
                        "--outputs: 'type=cacheonly': keeps no result; it excludes push, load and other outputs"),
                Arguments.of(
                        List.of("outputs", "type=cacheonly\nout"),
                        "--outputs: 'type=cacheonly': keeps no result; it excludes push, load and other outputs"),
                Arguments.of(
                        List.of("outputs", "out\ntype=tar,dest=out"),
                        "--outputs: 'type=tar,dest=out': another output goes to the same place"),
                Arguments.of(
                        List.of("call", "check", "push", "true", "tags", "app:1"),
                        "--push: there is no result with --call 'check'; drop one"),
                Arguments.of(
                        List.of("call", "outline", "outputs", "out"),
                        "--outputs: there is no result with --call 'outline'; drop one"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatContradictsItself(List<String> inputs, String problem) {
        assertThat(BuildCheck.given(inputs.toArray(String[]::new)).problem()).isEqualTo(problem);
    }

    static Stream<List<String>> right() {
        return Stream.of(
                List.of("push", "true", "tags", "app:1"),
                List.of("push", "true", "load", "true", "tags", "app:1"),
                List.of("push", "true", "outputs", "out", "tags", "app:1"),
                List.of("push", "true", "outputs", "type=image,name=app:1"),
                List.of("load", "true", "outputs", "out"),
                List.of("load", "true", "outputs", "type=docker,dest=image.tar"),
                List.of("load", "true", "outputs", "type=image"),
                List.of("outputs", BY_DIGEST + ",name=registry.example/app"),
                List.of("call", "build", "push", "true", "tags", "app:1"),
                List.of("call", "check", "push", "false"),
                List.of("outputs", "type=cacheonly"));
    }

    @ParameterizedTest
    @MethodSource("right")
    void acceptsWhatFitsTogetherWithoutAWord(List<String> inputs) {
        BuildCheck check = BuildCheck.given(inputs.toArray(String[]::new));

        assertThat(check.problems()).isEmpty();
        assertThat(check.notices()).isEmpty();
    }

    @Test
    void anInvalidTagIsNotReportedAsAMissingOneToo() {
        assertThat(BuildCheck.given("push", "true", "tags", "Bad/App").problem())
                .startsWith("--tags: ");
    }

    @Test
    void mentionsWhatHasNoEffect() {
        assertThat(BuildCheck.given("load", "true", "outputs", "type=docker").notices())
                .containsExactly(
                        "--outputs: the image is loaded into the engine once; load and type=docker mean the same");
        assertThat(BuildCheck.given("outputs", "type=image,push-by-digest=true,name=app")
                        .notices())
                .containsExactly("--outputs: push-by-digest does nothing without push=true");
        assertThat(BuildCheck.given("outputs", "type=image,name=other", "tags", "app:1")
                        .notices())
                .containsExactly("--outputs: name= is not used, because --tags takes its place");
    }
}

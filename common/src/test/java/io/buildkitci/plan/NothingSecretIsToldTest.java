package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NothingSecretIsToldTest {
    private static final String PLANTED = "correct-horse-battery";
    private static final String LONG = (PLANTED + "\n").repeat(2000);

    static Stream<Asked> secrets() {
        return Stream.of(
                Asked.of("secrets", "s=" + PLANTED),
                Asked.of("secrets", "\"s=" + LONG + "\""),
                Asked.of("secrets", "\"s=" + PLANTED + "\n,\"\"" + PLANTED + "\""),
                Asked.of("secrets", "a=" + PLANTED + "1\nb=" + PLANTED + "2", "secret-envs", "npm=NPM_TOKEN"),
                Asked.of("github-token", PLANTED));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretIsInNoArgument(Asked asked) {
        BuildPlan plan = asked.plan(Machines.container());

        assertThat(plan.argv()).noneMatch(argument -> argument.contains(PLANTED));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void nothingThatCanBeLoggedTellsASecret(Asked asked) {
        BuildPlan plan = asked.plan(Machines.container());
        HandedSecrets handed = HandedSecrets.of(asked.request().handed().secrets(), Asked.PLACE);

        assertThat(asked.request().toString()).doesNotContain(PLANTED);
        assertThat(plan.toString()).doesNotContain(PLANTED);
        assertThat(plan.describe().toString()).doesNotContain(PLANTED);
        assertThat(new Planned.Ready(plan).toString()).doesNotContain(PLANTED);
        assertThat(handed.toString()).doesNotContain(PLANTED);
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                Arguments.of(
                        "cache-from",
                        "type=s3,region=eu,bucket=b,\"secret_access_key=" + PLANTED + ",\"\"x\"\"\",name=n",
                        "type=s3,region=eu,bucket=b,\"secret_access_key=***\",name=n"),
                Arguments.of("cache-to", "type=gha,ghtoken=" + PLANTED + ",scope=x", "type=gha,ghtoken=***,scope=x"),
                Arguments.of(
                        "cache-to",
                        "type=azblob,account_url=https://a.example,secret_access_key=" + PLANTED,
                        "type=azblob,account_url=https://a.example,secret_access_key=***"),
                Arguments.of("build-args", "NPM_TOKEN=" + PLANTED + ",x", "NPM_TOKEN=***"),
                Arguments.of("build-args", "\"password=" + PLANTED + "\n" + PLANTED + "\"", "password=***"),
                Arguments.of(
                        "build-contexts",
                        "lib=https://me:" + PLANTED + "@git.example/o/r.git",
                        "lib=https://***@git.example/o/r.git"),
                Arguments.of(
                        "context",
                        "https://x-access-token:" + PLANTED + "@github.com/o/r.git#main",
                        "https://***@github.com/o/r.git#main"));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void aCredentialThatAPersonWroteIntoAnArgumentIsNotShown(String input, String text, String shown) {
        Asked asked = Asked.of(input, text);
        BuildPlan plan = asked.plan(Machines.container());

        assertThat(plan.argv()).anyMatch(argument -> argument.contains(PLANTED));
        assertThat(plan.describe().get("argv")).contains(shown).hasSameSizeAs(plan.argv());
        assertThat(plan.toString()).doesNotContain(PLANTED);
    }

    @Test
    void whatIsNoCredentialIsShownAsItIs() {
        BuildPlan plan = Asked.of(
                        "tags",
                        "r.example/secret/token:1",
                        "labels",
                        "token=public",
                        "cache-from",
                        "type=registry,ref=r.example/token=x".replace("=x", ""),
                        "secret-envs",
                        "token=NPM_TOKEN",
                        "build-args",
                        "URL=https://host:8080/x@y")
                .plan(Machines.container());

        assertThat(plan.describe().get("argv")).isEqualTo(plan.argv());
    }

    @Test
    void describesWhatAPersonMayKnow() {
        String secrets = "\"a=" + LONG + "\"\nb=" + PLANTED;
        BuildPlan plan = Asked.of("secrets", secrets, "platforms", "arm64", "outputs", "type=cacheonly")
                .plan(Machines.container());

        assertThat(plan.describe().keySet()).containsExactly("argv", "env", "files", "notes");
        assertThat(plan.describe().get("env")).containsExactly("BUILDKIT_CI_SECRET_1", "BUILDX_METADATA_WARNINGS");
        assertThat(plan.describe().get("files")).containsExactly("secret-0");
        assertThat(plan.describe().get("notes"))
                .isEqualTo(List.of("emulated with QEMU, several times slower than a native node: linux/arm64"));
    }
}

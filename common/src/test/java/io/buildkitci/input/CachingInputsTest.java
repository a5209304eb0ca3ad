package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.CacheSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachingInputsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user/app:cache | type=registry,ref=user/app:cache",
                "type=registry,ref=r.example/a:c | type=registry,ref=r.example/a:c",
                "TYPE=gha,Scope=main | type=gha,scope=main",
                "type=local,src=cache | type=local,src=cache",
                "type=s3,region=x,bucket=y | type=s3,region=x,bucket=y",
                "type=azblob,name=a,account_url=https://a | type=azblob,name=a,account_url=https://a",
            })
    void readsACacheToReadFrom(String text, String rendered) {
        assertThat(BuildCheck.given("cache-from", text)
                        .directory("cache")
                        .valid()
                        .caching()
                        .from())
                .map(CacheSpec::render)
                .containsExactly(rendered);
    }

    @Test
    void bareReferencesAreEachACache() {
        assertThat(BuildCheck.given("cache-from", "a:c,b:c\nd:c")
                        .valid()
                        .caching()
                        .from())
                .map(CacheSpec::render)
                .containsExactly("type=registry,ref=a:c", "type=registry,ref=b:c", "type=registry,ref=d:c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=inline",
                "type=registry,ref=r.example/a:c,mode=max,ignore-error=true,image-manifest=true,oci-mediatypes=true",
                "type=local,dest=cache,mode=min,compression=zstd,compression-level=3,force-compression=true",
                "type=gha,scope=main,mode=max",
                "type=s3,region=x,bucket=y,endpoint_url=http://s3,use_path_style=true"
            })
    void readsACacheToWriteWithoutAWord(String text) {
        BuildCheck check = BuildCheck.given("cache-to", text);

        assertThat(check.valid().caching().to()).map(CacheSpec::render).containsExactly(text);
        assertThat(check.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-from | ref=a | has no type",
                "cache-from | type=registry | needs ref=",
                "cache-from | type=registry,ref=Bad/Ref | must be lower case",
                "cache-from | Bad/Ref | must be lower case",
                "cache-from | type=local,dest=x | needs src=",
                "cache-from | type=inline | write type=registry,ref=<reference>",
                "cache-from | type=s3,region=x | needs bucket=",
                "cache-to | type=s3,bucket=x | needs region=",
                "cache-to | type=azblob,name=x | needs account_url=",
                "cache-to | type=local,src=x | needs dest=",
                "cache-to | type=local,dest= | needs dest=",
                "cache-to | type=regsitry,ref=a | did you mean 'registry'?",
                "cache-to | type=gha,mode=all | mode must be min or max",
                "cache-to | type=gha,ignore-error=maybe | must be true or false",
                "cache-to | type=gha,scope | not of the form name=value",
                "cache | s3 | unknown cache; accepted are none",
            })
    void refusesACacheThatCannotWork(String input, String text, String why) {
        assertThat(BuildCheck.given(input, text).problem()).contains("--" + input + ": ", why);
    }

    @Test
    void aTypeThatOnlyTheBuilderKnowsPassesWithANotice() {
        BuildCheck check = BuildCheck.given("cache-to", "type=warehouse,shelf=3");

        assertThat(check.valid().caching().to()).map(CacheSpec::render).containsExactly("type=warehouse,shelf=3");
        assertThat(check.notices()).singleElement().asString().contains("type=warehouse is not one of");
    }

    @Test
    void namesAttributesThatBuildKitDoesNotRead() {
        assertThat(BuildCheck.given("cache-to", "type=gha,mod=max").notices())
                .containsExactly("--cache-to: BuildKit does not read 'mod' of type=gha here; did you mean 'mode'?");
        assertThat(BuildCheck.given("cache-from", "type=registry,ref=a,mode=max")
                        .notices())
                .containsExactly("--cache-from: BuildKit does not read 'mode' of type=registry here");
    }

    @Test
    void aLocalCacheThatDoesNotExistYetIsNoError() {
        assertThat(BuildCheck.given("cache-from", "type=local,src=cache").notices())
                .containsExactly("--cache-from: 'cache' does not exist yet; nothing is read");
    }

    @Test
    void credentialsAreInNoMessage() {
        assertThat(BuildCheck.given("cache-to", "type=s3,region=x,secret_access_key=hunter2,session_token=a")
                        .problem())
                .contains("secret_access_key=***", "session_token=***")
                .doesNotContain("hunter2");
        assertThat(BuildCheck.given("cache-to", "type=s3,secret_access_key=hunt,er2")
                        .problem())
                .doesNotContain("er2");
    }

    @Test
    void theShorthandStandsForBothSides() {
        assertThat(BuildCheck.given("cache", "gha", "cache-from", "a:c", "cache-to", "b:c")
                        .problems())
                .containsExactly(
                        "--cache-from: given beside --cache, which stands for both sides; drop one",
                        "--cache-to: given beside --cache, which stands for both sides; drop one");
        assertThat(BuildCheck.given("cache", "none", "cache-from", "a:c")
                        .valid()
                        .caching()
                        .from())
                .hasSize(1);
    }

    @Test
    void theShorthandNeedsAPlace() {
        assertThat(BuildCheck.given("cache", "registry").problem())
                .isEqualTo("--cache: 'registry': nothing says where to; write registry=<reference> or give tags");
        assertThat(BuildCheck.given("cache", "inline").problem())
                .isEqualTo("--cache: 'inline': is kept in the image and read from its tags; give tags");
        assertThat(BuildCheck.given("cache", "registry=app:cache").problems()).isEmpty();
        assertThat(BuildCheck.given("cache", "registry", "tags", "app:1").problems())
                .isEmpty();
    }

    @Test
    void saysWhatACacheIsNotGoodFor() {
        assertThat(BuildCheck.given("cache", "gha", "no-cache", "true").notices())
                .containsExactly("--no-cache: nothing is read from --cache; it is only written");
        assertThat(BuildCheck.given("cache", "inline", "tags", "app:1").notices())
                .containsExactly("--cache: an inline cache is of use only once the image is pushed");
        assertThat(BuildCheck.given("cache", "inline", "tags", "app:1", "push", "true")
                        .notices())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_KEY",
                "AWS_PROFILE",
                "AWS_SHARED_CREDENTIALS_FILE",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
            })
    void saysByWhatTheClientFindsAKeyThatIsKeptByTheBuilder(String variable) {
        assertThat(BuildCheck.given("cache-from", "type=s3,region=x,bucket=y")
                        .variable(variable, "planted")
                        .notices())
                .singleElement()
                .asString()
                .contains("finds by " + variable + " of this environment")
                .doesNotContain("planted");
    }

    @Test
    void anEmptyVariableLeadsToNoKey() {
        assertThat(BuildCheck.given("cache-from", "type=s3,region=x,bucket=y")
                        .variable("AWS_PROFILE", "")
                        .notices())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-from | type=s3,region=x,bucket=y | 1",
                "cache-from | type=s3,region=x,bucket=y,secret_access_key=k | 1",
                "cache-from | type=azblob,account_url=https://a.example,name=n | 0",
                "cache-from | type=s3,region=x,bucket=y,access_key_id=i,secret_access_key=k | 0",
                "cache-from | type=registry,ref=r.example/a:c | 0",
                "cache-to | type=s3,region=x,bucket=y | 0",
            })
    void saysThatAKeyOfTheEnvironmentIsKeptByTheBuilder(String input, String entry, int notices) {
        BuildCheck with = BuildCheck.given(input, entry).variable("AWS_SECRET_ACCESS_KEY", "planted");
        BuildCheck without = BuildCheck.given(input, entry);

        assertThat(with.notices())
                .hasSize(notices)
                .allSatisfy(notice -> assertThat(notice.toString())
                        .contains("cache-from", "AWS_SECRET_ACCESS_KEY", "history")
                        .doesNotContain("planted"));
        assertThat(without.notices()).isEmpty();
    }
}

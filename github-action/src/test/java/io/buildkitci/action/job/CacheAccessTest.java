package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.plan.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CacheAccessTest {
    private static final String MODE = "ACTIONS_CACHE_MODE";
    private static final String TOKEN = "ACTIONS_RUNTIME_TOKEN";
    private static final String RESULTS = "ACTIONS_RESULTS_URL";
    private static final String URL = "https://results.example/";

    static Stream<Arguments> services() {
        return Stream.of(
                row(
                        "a branch of the same repository",
                        Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL, MODE, "write"),
                        true,
                        true),
                row("an older runner", Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL), true, true),
                row("a fork, by its token", Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL), true, false),
                row("a fork, by its mode", Map.of(TOKEN, "opaque", RESULTS, URL, MODE, "read"), true, false),
                row(
                        "a mode that says more than the token",
                        Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL, MODE, "write"),
                        true,
                        false),
                row(
                        "a mode that says less than the token",
                        Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL, MODE, "write-only"),
                        false,
                        true),
                row("no cache", Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL, MODE, "none"), false, false),
                row("no scopes", Map.of(TOKEN, Tokens.scopes("[]"), RESULTS, URL), false, false),
                row("Gitea, Forgejo, act", Map.of(TOKEN, Tokens.GITEA, "ACTIONS_CACHE_URL", URL), true, true),
                row("a token that tells nothing", Map.of(TOKEN, "opaque", RESULTS, URL), true, true),
                row("a run: step", Map.of(RESULTS, URL), false, false),
                row("a token without a service", Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, ""), false, false),
                row("no runner", Map.of(), false, false));
    }

    private static Arguments row(String what, Map<String, String> environment, boolean reads, boolean writes) {
        return Arguments.of(what, environment, reads, writes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void entriesThatTheJobCannotUseAreLeftOutAndTold(
            String what, Map<String, String> environment, boolean reads, boolean writes) {
        CacheAccess.Allowed allowed = CacheAccess.from(environment)
                .allowed(asked("cache-from", "type=gha,scope=a\ntype=gha,scope=b", "cache-to", "type=gha,mode=max"));

        assertThat(allowed.request().caching().from()).hasSize(reads ? 2 : 0);
        assertThat(allowed.request().caching().to()).hasSize(writes ? 1 : 0);
        assertThat(allowed.notes()).as("one for each side").hasSize((reads ? 0 : 1) + (writes ? 0 : 1));
    }

    static Stream<Arguments> notes() {
        return Stream.of(
                Arguments.of(
                        Map.of(TOKEN, "opaque", RESULTS, URL, MODE, "read"),
                        "cache-to type=gha was left out: this job may only read the cache (ACTIONS_CACHE_MODE is"
                                + " 'read')"),
                Arguments.of(
                        Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL, MODE, "write"),
                        "cache-to type=gha was left out: this job may only read the cache (says the claim 'ac' of"
                                + " ACTIONS_RUNTIME_TOKEN)"),
                Arguments.of(
                        Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL, MODE, "none"),
                        "cache-to type=gha was left out: this job may neither read nor write the cache"
                                + " (ACTIONS_CACHE_MODE is 'none')"),
                Arguments.of(
                        Map.of(),
                        "cache-to type=gha was left out: there is no cache service here (ACTIONS_RUNTIME_TOKEN is not"
                                + " set)"),
                Arguments.of(
                        Map.of(TOKEN, "opaque"),
                        "cache-to type=gha was left out: there is no cache service here (ACTIONS_RESULTS_URL and"
                                + " ACTIONS_CACHE_URL are not set)"));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void theNoteSaysWhatIsMissingAndHowThatIsKnown(Map<String, String> environment, String note) {
        assertThat(CacheAccess.from(environment)
                        .allowed(asked("cache-to", "type=gha"))
                        .notes())
                .containsExactly(note);
    }

    static Stream<Arguments> entries() {
        Map<String, String> readOnly = Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL);
        Map<String, String> nothing = Map.of();
        return Stream.of(
                Arguments.of("another kind", readOnly, "type=registry,ref=registry.example/a:c", true),
                Arguments.of("another kind, no service", nothing, "type=local,dest=/tmp/c", true),
                Arguments.of("a token of its own", readOnly, "type=gha,token=t", true),
                Arguments.of("a service of its own", readOnly, "type=gha,url_v2=https://cache.example/", true),
                Arguments.of("an old service of its own", readOnly, "type=gha,url=https://cache.example/", true),
                Arguments.of("an empty token of its own", readOnly, "type=gha,token=", false),
                Arguments.of("all of its own", nothing, "type=gha,url=https://cache.example/,token=t", true),
                Arguments.of("an address without a token", nothing, "type=gha,url=https://cache.example/", false),
                Arguments.of("a token without an address", nothing, "type=gha,token=t", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void whatBringsItsOwnServiceIsThePersons(
            String what, Map<String, String> environment, String entry, boolean stays) {
        CacheAccess.Allowed allowed = CacheAccess.from(environment).allowed(asked("cache-to", entry));

        assertThat(allowed.request().caching().to()).hasSize(stays ? 1 : 0);
        assertThat(allowed.notes()).hasSize(stays ? 0 : 1);
    }

    @Test
    void theShorthandIsStillReadWhereItCannotBeWritten() {
        BuildRequest request = asked("cache", "gha", "tags", "registry.example/app:1");

        CacheAccess.Allowed allowed =
                CacheAccess.from(Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL)).allowed(request);

        assertThat(allowed.request().caching().from())
                .isEqualTo(request.caching().from())
                .extracting(CacheSpec::type)
                .containsExactly("gha");
        assertThat(allowed.request().caching().to()).isEmpty();
        assertThat(allowed.notes())
                .containsExactly("writing cache gha was left out: this job may only read the cache (says the claim"
                        + " 'ac' of ACTIONS_RUNTIME_TOKEN)");
    }

    @Test
    void aRequestOfWhichNothingIsLeftOutIsTheSame() {
        BuildRequest request = asked("cache-from", "type=gha");

        CacheAccess.Allowed allowed =
                CacheAccess.from(Map.of(TOKEN, Tokens.READ_ONLY, RESULTS, URL)).allowed(request);

        assertThat(allowed).isEqualTo(new CacheAccess.Allowed(request, List.of()));
    }

    @Test
    void theTokenIsNotKept() {
        Map<String, String> environment = new HashMap<>(Map.of(TOKEN, Tokens.READ_WRITE, RESULTS, URL));

        CacheAccess access = CacheAccess.from(environment);

        assertThat(access.toString()).doesNotContain(Tokens.READ_WRITE);
        assertThat(access.hasService()).isTrue();
        assertThat(access.grant()).isEqualTo(CacheGrant.READ_WRITE);
    }

    private static BuildRequest asked(String... inputs) {
        return Asked.of(inputs).request();
    }
}

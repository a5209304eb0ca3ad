package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.Revived;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.input.Problem;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition comes to before anything is built. */
class BakesTest {
    private final PlayedBakes played = new PlayedBakes();

    @Test
    void aBuilderThatVanishedIsMadeAgainBeforeItIsAskedWhatItCanDo() throws InterruptedException {
        List<String> made = new ArrayList<>();
        Bakes bakes = played.bakes((name, seen) -> {
            made.add(name + " before " + played.runner.commands().size() + " commands");
            return new Revived.MadeAgain();
        });

        Bakes.Prepared prepared = played.prepare(PlayedBakes.request("builder", "ci"), bakes);
        played.prepare(PlayedBakes.request("builder", "ci", "retries", "0"), bakes);

        assertThat(((Bakes.Ready) prepared).notes())
                .contains("builder 'ci' was gone and is made again, as it was made before");
        assertThat(made).containsExactly("ci before 0 commands");
    }

    @Test
    void oneThatCannotBeMadeAgainIsWhyNothingIsBuilt() throws InterruptedException {
        Bakes bakes = played.bakes((name, seen) ->
                new Revived.Failed(BuilderFailure.of(BuilderFailure.Reason.NO_ENGINE, "no engine answers")));

        assertThat(played.prepare(PlayedBakes.request("builder", "ci"), bakes))
                .isInstanceOfSatisfying(
                        Bakes.Unusable.class,
                        unusable -> assertThat(unusable.failure().text())
                                .isEqualTo("builder 'ci' was gone and could not be made again: no engine answers"));
    }

    @Test
    void everyTargetIsARequestOfItsOwn() throws InterruptedException {
        Bakes.Ready ready = played.ready();

        assertThat(ready.targets().keySet()).containsExactly("api", "web", "worker");
        assertThat(PlayedBakes.target("api", ready).delivery().pushes()).isTrue();
        assertThat(PlayedBakes.target("web", ready).platforms())
                .containsExactly(new Platform("linux", "amd64", ""), new Platform("linux", "386", ""));
        assertThat(played.runner.commands()).noneMatch(command -> command.argv().contains("--metadata-file"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ERROR: failed to find target nope                   | targets: failed to find target nope
                    ERROR: could not find any target matching 'zz'      | set: could not find any target matching 'zz'
                    ERROR: unknown key: bogus                           | set: unknown key: bogus
                    ERROR: couldn't find a bake definition              | files: couldn't find a bake definition
                    """)
    void whatBuildxRefusesIsAProblemOfItsInput(String said, String problem) throws InterruptedException {
        played.runner
                .when(command -> command.argv().contains("--print"))
                .err("#1 [internal] load local bake definitions", said)
                .exit(1);
        Bakes.Prepared prepared = played.bakes()
                .prepare(
                        PlayedBakes.request(),
                        target -> CacheScope.of(List.of(), List.of()),
                        name -> Optional.empty(),
                        Redactor.NONE);

        assertThat(((Bakes.Wrong) prepared).problems())
                .extracting(Problem::render)
                .containsExactly(problem);
    }

    @Test
    void aVariableThatTheDefinitionDoesNotHaveIsAProblem() throws InterruptedException {
        played.runner
                .when(command -> command.argv().contains("--list"))
                .out("[{\"name\": \"TAG\", \"value\": \"1\"}, {\"name\": \"BASE\"}]");

        assertThat(played.wrong("vars", "TAGG=2"))
                .containsExactly("vars: 'TAGG': the definition has no such variable; it has BASE, TAG");
    }

    @Test
    void everyTargetIsLookedAtBeforeAnythingIsBuilt() throws InterruptedException {
        played.definition = """
                {"target": {
                  "api": {"context": "api", "tags": ["Registry.example/API"], "output": [{"type": "registry"}]},
                  "web": {"context": "web", "output": [{"type": "registry"}]}}}
                """;

        assertThat(played.wrong())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("target 'api': tags: "))
                .anyMatch(problem ->
                        problem.startsWith("target 'web': outputs: ") && problem.contains("nothing says where to"));
    }

    @Test
    void aKeyThatTheBuilderKeepsIsToldByTargetAndShownNowhere() throws InterruptedException {
        played.definition = """
                {"target": {
                  "api": {"context": "api", "cache-from": [{"type": "s3", "region": "r", "bucket": "b",
                    "access_key_id": "AKIA", "secret_access_key": "planted-in-the-definition"}]},
                  "web": {"context": "web", "cache-from": [{"type": "azblob", "account_url": "https://a.example",
                    "name": "n", "secret_access_key": "planted-in-a-variable"}]}}}
                """;

        Bakes.Ready ready = played.ready();

        assertThat(ready.notes())
                .filteredOn(note -> note.contains("in clear text"))
                .satisfiesExactlyInAnyOrder(
                        api -> assertThat(api)
                                .startsWith(
                                        "target 'api': 'cache-from': BuildKit keeps access_key_id, secret_access_key of"
                                                + " type=s3")
                                .contains("history of builder 'ci'"),
                        web -> assertThat(web)
                                .startsWith(
                                        "target 'web': 'cache-from': BuildKit keeps secret_access_key of type=azblob"));
        assertThat(Credentials.of(ready.plan())).contains("planted-in-the-definition", "planted-in-a-variable");
        assertThat(ready.definition() + ready.notes()).doesNotContain("planted").contains("***");
    }

    @Test
    void keysOfTheEnvironmentThatTheBuilderKeepsAreToldByTarget() throws InterruptedException {
        played.definition = """
                {"target": {"api": {"context": "api", "cache-from": ["type=s3,region=r,bucket=b"]}}}
                """;
        played.environment.put("AWS_PROFILE", "ci");

        assertThat(played.ready().notes())
                .filteredOn(note -> note.contains("in clear text"))
                .singleElement()
                .asString()
                .startsWith("target 'api': cache-from: buildx adds the keys that it finds by AWS_PROFILE");
    }

    @Test
    void whatIsTheSameOfAllTargetsIsToldOnce() throws InterruptedException {
        played.files.with(
                "/home/p/.docker/config.json",
                "{\"proxies\": {\"default\": {\"httpProxy\": \"http://me:planted@proxy.example\"}}}");

        Bakes.Ready ready = played.ready();

        assertThat(ready.notes())
                .filteredOn(note -> note.contains("in clear text"))
                .singleElement()
                .asString()
                .startsWith("/home/p/.docker/config.json: BuildKit keeps the password in proxies.default.httpProxy");
        assertThat(ready.credentials()).contains("planted");
    }
}

package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.input.Problem;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.Secret;
import io.buildkitci.plan.BakePlan;
import io.buildkitci.plan.Credentials;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BakeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches of targets: those that the definition names, and the one that is asked for. */
class BakeCachesTest {
    private final PlayedBakes played = new PlayedBakes();

    private static CachePass pass() {
        return new CachePass(
                List.of("http://127.0.0.1:8321"),
                new Secret("reading"),
                Optional.of(new Secret("writing")),
                List.of("main"),
                new CachePass.Sign("/sign/7", new Secret("key")));
    }

    private Bakes.Ready readyForAService() throws InterruptedException {
        return played.ready("cache", "service=http://127.0.0.1:8321", "cache-token", "a.b.c");
    }

    @Test
    void aTargetThatNamesNoCacheGetsTheOneThatIsAskedFor() throws InterruptedException {
        List<String> argv = played.ready("cache", "registry=registry.example/cache")
                .plan()
                .exact(RunPlace.SHOWN)
                .argv();

        assertThat(argv)
                .anyMatch(word -> word.startsWith("api.cache-to=type=registry,ref=registry.example/cache:"))
                .anyMatch(word -> word.startsWith("web.cache-from=type=registry"))
                .noneMatch(word -> word.startsWith("worker.cache"));
    }

    @Test
    void targetsDoNotOverwriteEachOthersCacheWhereOneTagIsGiven() throws InterruptedException {
        List<String> argv = played.ready("cache", "registry=registry.example/cache:main")
                .plan()
                .exact(RunPlace.SHOWN)
                .argv();

        assertThat(argv)
                .contains(
                        "api.cache-from=type=registry,ref=registry.example/cache:main-api",
                        "web.cache-from=type=registry,ref=registry.example/cache:main-web")
                .filteredOn(word -> word.contains(".cache-to=type=registry,"))
                .map(word -> word.replaceFirst(",mode=.*", ""))
                .containsExactlyInAnyOrder(
                        "api.cache-to=type=registry,ref=registry.example/cache:main-api",
                        "web.cache-to=type=registry,ref=registry.example/cache:main-web");
    }

    @Test
    void targetsShareOnePassOfACacheServiceAndEachHasAScopeOfItsOwn() throws InterruptedException {
        List<CachePass> ended = new ArrayList<>();
        Bakes.Ready ready = readyForAService();
        OpenedBake cache = played.bakes().open(ready, () -> new CachePasses.Near(pass()), ended::add);
        BakePlan plan = cache.ready().plan();

        assertThat(plan.exact(RunPlace.SHOWN).argv())
                .anyMatch(word -> word.matches("api\\.cache-from=type=gha,.*,scope=registry.example/api@api.native"))
                .anyMatch(word -> word.matches("api\\.cache-to=type=gha,.*url_v2=http://127.0.0.1:8321/,"
                        + "scope=registry.example/api@api.native,mode=max,ignore-error=true"))
                .anyMatch(word -> word.contains("scope=registry.example/web@web.386_amd64"))
                .noneMatch(word -> word.startsWith("worker.cache"))
                .noneMatch(word -> word.contains("reading") || word.contains("writing") || word.contains("a.b.c"));
        assertThat(plan.environment())
                .containsEntry("ACTIONS_RESULTS_URL", "http://127.0.0.1:8321/r/reading/")
                .containsEntry("ACTIONS_RUNTIME_TOKEN", "writing");
        assertThat(Credentials.of(plan)).contains("reading", "writing", "a.b.c");
        assertThat(plan.describe().toString() + plan + cache).doesNotContain("reading", "writing", "a.b.c", "eyJ");
        assertThat(cache.ready().notes()).isEqualTo(ready.notes());
        assertThat(OpenedBake.again(readyForAService(), cache.cache().service(), List.of()))
                .isEqualTo(cache.ready());
        assertThat(ended).isEmpty();
        cache.close();
        assertThat(ended).containsExactly(pass());
    }

    @Test
    void aServiceThatGivesNothingCostsTheCacheAndOneNoteSaysSo() throws InterruptedException {
        try (OpenedBake cache = played.bakes()
                .open(readyForAService(), () -> new CachePasses.Unavailable("it is closed", "open it"), pass -> {})) {
            assertThat(cache.ready().notes())
                    .filteredOn(note -> note.contains("cache'"))
                    .containsExactly("built without 'cache': it is closed; open it");
            assertThat(cache.ready().plan().exact(RunPlace.SHOWN).argv()).noneMatch(word -> word.contains("cache-"));
            assertThat(cache.ready().plan().environment()).doesNotContainKey("ACTIONS_RUNTIME_TOKEN");
        }
    }

    @Test
    void targetsThatNeedNoServiceAskForNoPass() throws InterruptedException {
        Bakes.Ready ready = played.ready("cache", "inline");
        try (OpenedBake cache = played.bakes().open(ready, () -> fail("asked for a pass"), pass -> {})) {
            assertThat(cache.ready()).isEqualTo(ready);
        }
    }

    /** It would be given the token that writes, and the builder keeps what a cache is read with. */
    @Test
    void aCacheThatBuildxWouldCompleteWithTheServiceIsAProblem() throws InterruptedException {
        played.definition = """
                {"target": {
                  "api":   {"context": "api"},
                  "web":   {"context": "web", "cache-from": [{"type": "gha", "scope": "mine"}]},
                  "whole": {"context": "web", "cache-from": [{"type": "gha", "token": "t", "url": "http://mine"}]}}}
                """;

        assertThat(played.wrong("cache", "service=http://cache.example", "cache-token", "a.b.c"))
                .containsExactly(
                        "target 'web': has a cache of type=gha without an address or a token, and buildx would take"
                                + " the service's\n-> write both to it, or leave the cache of this target to 'cache'");
        assertThat(played.ready("cache", "inline").targets()).hasSize(3);
    }

    /** Plays a definition that makes an argument of a variable. */
    private List<String> wrongWith(String variable, String json, String... inputs) throws InterruptedException {
        BakeRequest request = PlayedBakes.request(inputs);
        played.runner.when(command -> command.argv().contains("--print")).run((command, output) -> {
            String value = command.environment().getOrDefault(variable, "");
            output.line(Stream.OUT, json.replace("VALUE", value));
            return new Outcome.Exited(0);
        });
        return played.bakes()
                                .prepare(
                                        request,
                                        target -> CacheScope.of(List.of(), List.of()),
                                        n -> Optional.empty(),
                                        Redactor.NONE)
                        instanceof Bakes.Wrong wrong
                ? wrong.problems().stream().map(Problem::render).toList()
                : List.of();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\": {\"a\": {\"args\": {\"X\": \"before-VALUE\"}}}}",
                "{\"target\": {\"a\": {\"cache-from\": [{\"type\": \"gha\", \"token\": \"VALUE\", \"url\": \"u\"}]}}}",
                "{\"target\": {\"a\": {\"secret\": [{\"id\": \"x\", \"env\": \"ACTIONS_RUNTIME_TOKEN\"}]}}}",
                "{\"target\": {\"a\": {\"secret\": [\"type=env,id=x,env=ACTIONS_RUNTIME_TOKEN\"]}}}",
                "{\"target\": {\"a\": {\"secret\": [{\"id\": \"ACTIONS_RUNTIME_TOKEN\"}]}}}"
            })
    void aDefinitionThatWouldTakeTheTokenOfItsOwnBuildIsRefused(String json) throws InterruptedException {
        assertThat(wrongWith(
                        "ACTIONS_RUNTIME_TOKEN", json, "cache", "service=http://c.example", "cache-token", "a.b.c"))
                .containsExactly(
                        "files: the definition uses the variable ACTIONS_RUNTIME_TOKEN, in which this build has"
                                + " a token of its cache, and would keep that where others see it\n-> give the variable another"
                                + " name");
    }

    @Test
    void itIsNobodysBusinessWhereTheBuildHasNoToken() throws InterruptedException {
        String json =
                "{\"target\": {\"a\": {\"args\": {\"X\": \"VALUE\"}, \"labels\": {\"n\": \"ACTIONS_RUNTIME_TOKEN\"}}}}";

        assertThat(wrongWith("ACTIONS_RUNTIME_TOKEN", json, "cache", "inline")).isEmpty();
        assertThat(wrongWith("OTHER", json, "cache", "service=http://c.example", "cache-token", "a.b.c"))
                .isEmpty();
        assertThat(wrongWith("ACTIONS_RESULTS_URL", json, "cache", "service=http://c.example", "cache-token", "a.b.c"))
                .singleElement()
                .asString()
                .contains("ACTIONS_RESULTS_URL");
    }

    @Test
    void whatEarlierRunsShowedToBeOfNoUseIsLeftOutOfTargetsThatDidNotNameIt() throws InterruptedException {
        played.definition = """
                {"target": {
                  "api": {"context": "api", "tags": ["registry.example/api:1"]},
                  "web": {"context": "web", "cache-from": [{"type": "registry", "ref": "registry.example/web:c"}]}}}
                """;
        Bakes.Ready ready = played.ready("cache", "registry", "retries", "3").without(Retrying.Without.CACHES);

        assertThat(PlayedBakes.target("api", ready).caching().from()).isEmpty();
        assertThat(PlayedBakes.target("web", ready).caching().from()).hasSize(1);
        assertThat(PlayedBakes.target("web", ready).patience().retries()).isEqualTo(3);
        assertThat(ready.plan().exact(RunPlace.SHOWN).argv()).noneMatch(word -> word.contains(".cache-"));
    }

    @Test
    void aLocalCacheIsExchangedWhereTheDefinitionIs() throws InterruptedException {
        played.files.withDirectory("app");

        BakeReport report = played.build(
                played.ready("source", "app", "cache", "local"),
                "bake-services-buildx-0.36.1",
                0,
                "",
                argv -> argv.stream()
                        .filter(word -> word.contains(".cache-to="))
                        .forEach(word -> played.files.with(
                                "app/" + word.replaceAll(".*dest=([^,]*).*", "$1") + "/index.json", "")));

        assertThat(report.notes()).noneMatch(note -> note.contains("not renewed"));
        assertThat(played.left()).isEmpty();
        assertThat(played.files.paths()).anyMatch(path -> path.matches("app/\\.buildkit-cache/.*/index.json"));
    }
}

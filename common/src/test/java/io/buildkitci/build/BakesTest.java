package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Revived;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.console.ProgressView;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BakeRequest;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Secret;
import io.buildkitci.plan.BakePlan;
import io.buildkitci.plan.Credentials;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.Recorded;
import io.buildkitci.report.BakeJson;
import io.buildkitci.report.BakeReport;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BakesTest {
    private static final String BUILDX = "/bin/docker-buildx";
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static final String PLANTED = "planted-in-a-variable";

    private final Map<String, String> environment = new TreeMap<>();
    private final InMemoryFiles files = new InMemoryFiles().withExecutable(BUILDX);
    private final FakeProcessRunner runner = new FakeProcessRunner();
    private String definition = """
            {"target": {
              "api":    {"context": "api", "tags": ["registry.example/api:1"], "output": [{"type": "registry"}]},
              "web":    {"context": "web", "tags": ["registry.example/web:1"], "platforms": ["linux/amd64,linux/386"]},
              "worker": {"context": "worker", "cache-to": [{"type": "inline"}]}}}
            """;

    @BeforeEach
    void answer() {
        runner.on(BUILDX, "version").out("github.com/docker/buildx v0.36.1 0123456");
        runner.on(BUILDX, "inspect")
                .out(
                        "Name: ci",
                        "Driver: docker-container",
                        "",
                        "Nodes:",
                        "Name: ci0",
                        "Endpoint: unix:///var/run/docker.sock",
                        "Status: running",
                        "BuildKit version: v0.32.2",
                        "Platforms: linux/amd64, linux/386");
    }

    private Bakes bakes() {
        return bakes(Revival.NONE);
    }

    private Bakes bakes(Revival revival) {
        Tools tools = new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                FakeDockerEngine.onLinux(),
                new NoNetwork(),
                InstantSource.fixed(Instant.EPOCH));
        ClientEnvironment environment =
                ClientEnvironment.from(Map.of(), Path.of("/home/me"), ClientEnvironment.Os.LINUX);
        CapabilityProbe probe = new CapabilityProbe(tools, environment, Optional.of(Path.of(BUILDX)));
        return new Bakes(tools, probe, new Builds(tools, probe, HostWords.PLAIN, revival));
    }

    private static BakeRequest request(String... namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        Checked<BakeInputs.Asked> checked = BakeInputs.check(
                RawInput.of(values), new FakeOutside().directory("app").outside());
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid<BakeInputs.Asked>) checked).value().request();
    }

    private Bakes.Prepared prepare(BakeRequest request) throws InterruptedException {
        return prepare(request, bakes());
    }

    private Bakes.Prepared prepare(BakeRequest request, Bakes bakes) throws InterruptedException {
        runner.when(command -> command.argv().contains("--print"))
                .out(definition.lines().toArray(String[]::new));
        return bakes.prepare(
                request,
                target -> CacheScope.of(target.naming().tags(), target.platforms()),
                name -> Optional.ofNullable(environment.get(name)),
                Redactor.of(List.of(PLANTED)));
    }

    private Bakes.Ready ready(String... inputs) throws InterruptedException {
        Bakes.Prepared prepared = prepare(request(inputs));
        assertThat(prepared).as(prepared.toString()).isInstanceOf(Bakes.Ready.class);
        return (Bakes.Ready) prepared;
    }

    private static BuildRequest target(String name, Bakes.Ready ready) {
        return Optional.ofNullable(ready.targets().get(name)).orElseThrow();
    }

    private List<String> wrong(String... inputs) throws InterruptedException {
        Bakes.Prepared prepared = prepare(request(inputs));
        assertThat(prepared).isInstanceOf(Bakes.Wrong.class);
        return ((Bakes.Wrong) prepared).problems().stream().map(Problem::render).toList();
    }

    private BakeReport build(String recorded, int status, String metadata) throws InterruptedException {
        return build(ready(), recorded, status, metadata, argv -> {});
    }

    /** @param writing what buildx does with its arguments */
    private BakeReport build(
            Bakes.Ready ready, String recorded, int status, String metadata, Consumer<List<String>> writing)
            throws InterruptedException {
        runner.when(command -> command.argv().contains("--metadata-file")).run((command, output) -> {
            Recorded.lines(recorded).forEach(line -> output.line(Stream.ERR, line));
            List<String> argv = command.argv();
            writing.accept(argv);
            files.with(argv.get(argv.indexOf("--metadata-file") + 1), metadata);
            return new Outcome.Exited(status);
        });
        return BakeReports.of(bakes().run(ready, Silent::new, Redactor.NONE));
    }

    @Test
    void aBuilderThatVanishedIsMadeAgainBeforeItIsAskedWhatItCanDo() throws InterruptedException {
        List<String> made = new ArrayList<>();
        Bakes bakes = bakes((name, seen) -> {
            made.add(name + " before " + runner.commands().size() + " commands");
            return new Revived.MadeAgain();
        });

        Bakes.Prepared prepared = prepare(request("builder", "ci"), bakes);
        prepare(request("builder", "ci", "retries", "0"), bakes);

        assertThat(((Bakes.Ready) prepared).notes())
                .contains("builder 'ci' was gone and is made again, as it was made before");
        assertThat(made).containsExactly("ci before 0 commands");
    }

    @Test
    void oneThatCannotBeMadeAgainIsWhyNothingIsBuilt() throws InterruptedException {
        Bakes bakes = bakes((name, seen) ->
                new Revived.Failed(BuilderFailure.of(BuilderFailure.Reason.NO_ENGINE, "no engine answers")));

        assertThat(prepare(request("builder", "ci"), bakes))
                .isInstanceOfSatisfying(
                        Bakes.Unusable.class,
                        unusable -> assertThat(unusable.failure().text())
                                .isEqualTo("builder 'ci' was gone and could not be made again: no engine answers"));
    }

    @Test
    void everyTargetIsARequestOfItsOwn() throws InterruptedException {
        Bakes.Ready ready = ready();

        assertThat(ready.targets().keySet()).containsExactly("api", "web", "worker");
        assertThat(target("api", ready).delivery().pushes()).isTrue();
        assertThat(target("web", ready).platforms())
                .containsExactly(new Platform("linux", "amd64", ""), new Platform("linux", "386", ""));
        assertThat(runner.commands()).noneMatch(command -> command.argv().contains("--metadata-file"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ERROR: failed to find target nope                   | targets: failed to find target nope
                    ERROR: could not find any target matching 'zz'      | set: could not find any target matching 'zz'
                    ERROR: unknown key: bogus                           | set: unknown key: bogus
                    ERROR: couldn't find a bake definition              | files: couldn't find a bake definition
                    """)
    void whatBuildxRefusesIsAProblemOfItsInput(String said, String problem) throws InterruptedException {
        runner.when(command -> command.argv().contains("--print"))
                .err("#1 [internal] load local bake definitions", said)
                .exit(1);
        Bakes.Prepared prepared = bakes().prepare(
                        request(),
                        target -> CacheScope.of(List.of(), List.of()),
                        name -> Optional.empty(),
                        Redactor.NONE);

        assertThat(((Bakes.Wrong) prepared).problems())
                .extracting(Problem::render)
                .containsExactly(problem);
    }

    @Test
    void aVariableThatTheDefinitionDoesNotHaveIsAProblem() throws InterruptedException {
        runner.when(command -> command.argv().contains("--list"))
                .out("[{\"name\": \"TAG\", \"value\": \"1\"}, {\"name\": \"BASE\"}]");

        assertThat(wrong("vars", "TAGG=2"))
                .containsExactly("vars: 'TAGG': the definition has no such variable; it has BASE, TAG");
    }

    @Test
    void everyTargetIsLookedAtBeforeAnythingIsBuilt() throws InterruptedException {
        definition = """
                {"target": {
                  "api": {"context": "api", "tags": ["Registry.example/API"], "output": [{"type": "registry"}]},
                  "web": {"context": "web", "output": [{"type": "registry"}]}}}
                """;

        assertThat(wrong())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("target 'api': tags: "))
                .anyMatch(problem ->
                        problem.startsWith("target 'web': outputs: ") && problem.contains("nothing says where to"));
    }

    @Test
    void aTargetThatNamesNoCacheGetsTheOneThatIsAskedFor() throws InterruptedException {
        List<String> argv = ready("cache", "registry=registry.example/cache")
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
        List<String> argv = ready("cache", "registry=registry.example/cache:main")
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

    private static CachePass pass() {
        return new CachePass(
                List.of("http://127.0.0.1:8321"),
                new Secret("reading"),
                Optional.of(new Secret("writing")),
                List.of("main"),
                new CachePass.Sign("/sign/7", new Secret("key")));
    }

    private Bakes.Ready readyForAService() throws InterruptedException {
        return ready("cache", "service=http://127.0.0.1:8321", "cache-token", "a.b.c");
    }

    @Test
    void targetsShareOnePassOfACacheServiceAndEachHasAScopeOfItsOwn() throws InterruptedException {
        List<CachePass> ended = new ArrayList<>();
        Bakes.Ready ready = readyForAService();
        OpenedBake cache = bakes().open(ready, () -> new CachePasses.Near(pass()), ended::add);
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
        try (OpenedBake cache = bakes().open(
                        readyForAService(), () -> new CachePasses.Unavailable("it is closed", "open it"), pass -> {})) {
            assertThat(cache.ready().notes())
                    .filteredOn(note -> note.contains("cache'"))
                    .containsExactly("built without 'cache': it is closed; open it");
            assertThat(cache.ready().plan().exact(RunPlace.SHOWN).argv()).noneMatch(word -> word.contains("cache-"));
            assertThat(cache.ready().plan().environment()).doesNotContainKey("ACTIONS_RUNTIME_TOKEN");
        }
    }

    @Test
    void targetsThatNeedNoServiceAskForNoPass() throws InterruptedException {
        Bakes.Ready ready = ready("cache", "inline");
        try (OpenedBake cache = bakes().open(ready, () -> fail("asked for a pass"), pass -> {})) {
            assertThat(cache.ready()).isEqualTo(ready);
        }
    }

    /** It would be given the token that writes, and the builder keeps what a cache is read with. */
    @Test
    void aCacheThatBuildxWouldCompleteWithTheServiceIsAProblem() throws InterruptedException {
        definition = """
                {"target": {
                  "api":   {"context": "api"},
                  "web":   {"context": "web", "cache-from": [{"type": "gha", "scope": "mine"}]},
                  "whole": {"context": "web", "cache-from": [{"type": "gha", "token": "t", "url": "http://mine"}]}}}
                """;

        assertThat(wrong("cache", "service=http://cache.example", "cache-token", "a.b.c"))
                .containsExactly(
                        "target 'web': has a cache of type=gha without an address or a token, and buildx would take"
                                + " the service's\n-> write both to it, or leave the cache of this target to 'cache'");
        assertThat(ready("cache", "inline").targets()).hasSize(3);
    }

    /** Plays a definition that makes an argument of a variable. */
    private List<String> wrongWith(String variable, String json, String... inputs) throws InterruptedException {
        BakeRequest request = request(inputs);
        runner.when(command -> command.argv().contains("--print")).run((command, output) -> {
            String value = command.environment().getOrDefault(variable, "");
            output.line(Stream.OUT, json.replace("VALUE", value));
            return new Outcome.Exited(0);
        });
        return bakes().prepare(
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
        definition = """
                {"target": {
                  "api": {"context": "api", "tags": ["registry.example/api:1"]},
                  "web": {"context": "web", "cache-from": [{"type": "registry", "ref": "registry.example/web:c"}]}}}
                """;
        Bakes.Ready ready = ready("cache", "registry", "retries", "3").without(Retrying.Without.CACHES);

        assertThat(target("api", ready).caching().from()).isEmpty();
        assertThat(target("web", ready).caching().from()).hasSize(1);
        assertThat(target("web", ready).patience().retries()).isEqualTo(3);
        assertThat(ready.plan().exact(RunPlace.SHOWN).argv()).noneMatch(word -> word.contains(".cache-"));
    }

    @Test
    void aTargetsOwnReportHasItsNotesAndThoseOfAll() throws InterruptedException {
        Bakes.Ready ready = ready();
        runner.when(command -> command.argv().contains("--metadata-file")).exit(0);
        Baked baked = bakes().run(ready, Silent::new, Redactor.NONE).after(List.of("run 1 failed"));

        assertThat(BakeReports.of(
                                baked,
                                "web",
                                Optional.ofNullable(baked.targets().get("web")).orElseThrow())
                        .remarks()
                        .notes())
                .containsExactly(
                        "run 1 failed",
                        "no output is asked for (push, load or outputs): the result stays in the cache of builder 'ci'");
        assertThat(BakeReports.of(baked).notes()).first().isEqualTo("run 1 failed");
    }

    @Test
    void everyTargetIsReportedWithItsDigestAndItsSteps() throws InterruptedException {
        BakeReport report = build(
                "bake-services-buildx-0.36.1",
                0,
                "{\"web\": {\"containerimage.digest\": \"" + DIGEST
                        + "\", \"image.name\": \"registry.example/web:1\"}}");

        assertThat(report.failure()).isEmpty();
        PlainJson json = PlainJson.parse(BakeJson.render(report)).object("targets");
        assertThat(json.fields()).hasSize(3);
        assertThat(json.object("web").object("image").text("digest")).isEqualTo(DIGEST);
        assertThat(json.object("api").object("steps").number("total")).isEqualTo(2);
        assertThat(json.object("worker").object("steps").number("run")).isEqualTo(2);
    }

    @Test
    void theTargetThatFailedIsNamedAndOneThatRanWasStoppedAndOneThatWasDoneIsBuilt() throws InterruptedException {
        BakeReport report = build("bake-failing-buildx-0.36.1", 1, "");

        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.STEP_FAILED);
            assertThat(failure.blame()).isEqualTo(Blame.BUILD);
            assertThat(failure.message()).startsWith("target 'web': ").contains("code 7");
        });
        PlainJson json = PlainJson.parse(BakeJson.render(report)).object("targets");
        assertThat(json.object("web").text("outcome")).isEqualTo("failed");
        assertThat(json.object("api").text("outcome")).isEqualTo("cancelled");
        assertThat(json.object("worker").text("outcome")).isEqualTo("built");
        assertThat(json.object("api").object("failure").text("message")).contains("target 'web' failed");
    }

    @Test
    void aKeyThatTheBuilderKeepsIsToldByTargetAndShownNowhere() throws InterruptedException {
        definition = """
                {"target": {
                  "api": {"context": "api", "cache-from": [{"type": "s3", "region": "r", "bucket": "b",
                    "access_key_id": "AKIA", "secret_access_key": "planted-in-the-definition"}]},
                  "web": {"context": "web", "cache-from": [{"type": "azblob", "account_url": "https://a.example",
                    "name": "n", "secret_access_key": "planted-in-a-variable"}]}}}
                """;

        Bakes.Ready ready = ready();

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
    void whatIsTheSameOfAllTargetsIsToldOnce() throws InterruptedException {
        files.with(
                "/home/me/.docker/config.json",
                "{\"proxies\": {\"default\": {\"httpProxy\": \"http://me:planted@proxy.example\"}}}");

        Bakes.Ready ready = ready();

        assertThat(ready.notes())
                .filteredOn(note -> note.contains("in clear text"))
                .singleElement()
                .asString()
                .startsWith("/home/me/.docker/config.json: BuildKit keeps the password in proxies.default.httpProxy");
        assertThat(ready.credentials()).contains("planted");
    }

    @Test
    void keysOfTheEnvironmentThatTheBuilderKeepsAreToldByTarget() throws InterruptedException {
        definition = """
                {"target": {"api": {"context": "api", "cache-from": ["type=s3,region=r,bucket=b"]}}}
                """;
        environment.put("AWS_PROFILE", "ci");

        assertThat(ready().notes())
                .filteredOn(note -> note.contains("in clear text"))
                .singleElement()
                .asString()
                .startsWith("target 'api': cache-from: buildx adds the keys that it finds by AWS_PROFILE");
    }

    /** What is shown of a definition is masked; what is built from it is not. */
    @Test
    void outputsOfATargetGoWhereTheDefinitionSaysThoughAVariableIsSecret() throws InterruptedException {
        definition = """
                {"target": {"api": {"context": "api", "output": [{"type": "oci", "dest": "planted-in-a-variable/a.tar"}]}}}
                """;

        Bakes.Ready ready = ready();

        assertThat(ready.plan()
                        .exact(io.buildkitci.plan.RunPlace.SHOWN)
                        .staged()
                        .values())
                .singleElement()
                .asString()
                .contains("planted-in-a-variable/a.tar");
        assertThat(ready.definition()).contains("***/a.tar");
    }

    private static final String WITH_FILES = """
            {"target": {
              "api":    {"context": "api", "output": [{"type": "local", "dest": "out"}]},
              "web":    {"context": "web", "output": [{"type": "oci", "dest": "out/app.tar"}]},
              "worker": {"context": "worker", "output": [{"type": "oci", "dest": "out/app.tar"}]}}}
            """;

    /** What buildx writes to, as its arguments say it. */
    private static String place(String target, List<String> argv) {
        return argv.stream()
                .filter(word -> word.startsWith(target + ".output="))
                .map(word -> word.replaceAll(".*dest=", ""))
                .findFirst()
                .orElseThrow();
    }

    private void writeAll(String directory, List<String> argv) {
        files.with(directory + place("api", argv) + "/bin/api", "api")
                .with(directory + place("web", argv), "web")
                .with(directory + place("worker", argv), "worker");
    }

    private List<String> left() {
        return files.paths().stream().filter(path -> path.contains(".fresh-")).toList();
    }

    @Test
    void filesOfTargetsAreWrittenBesideTheirPlacesWhereTheDefinitionIsAndPutThere() throws InterruptedException {
        definition = WITH_FILES;
        files.withDirectory("app").with("app/out/kept", "");

        BakeReport report =
                build(ready("source", "app"), "bake-services-buildx-0.36.1", 0, "", argv -> writeAll("app/", argv));

        assertThat(report.failure()).isEmpty();
        assertThat(files.read(Path.of("app/out/bin/api"))).contains("api");
        assertThat(files.read(Path.of("app/out/app.tar"))).contains("worker");
        assertThat(files.read(Path.of("app/out/kept"))).isPresent();
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.29.1, 1", "0.30.0, 0", "0.36.1, 0"})
    void aBuildxThatEmptiesFilesAsItReadsTheDefinitionIsTold(String version, int notes) throws InterruptedException {
        definition = WITH_FILES;
        runner.on(BUILDX, "version").out("github.com/docker/buildx v" + version + " 0123456");

        assertThat(ready().notes())
                .filteredOn(note -> note.contains("empties files that outputs name"))
                .hasSize(notes);
    }

    @Test
    void aTargetThatWasDoneBeforeAnotherFailedHasItsFilesAndTheOthersHaveNone() throws InterruptedException {
        definition = WITH_FILES;
        files.with("out/app.tar", "old");

        build(ready(), "bake-failing-buildx-0.36.1", 1, "", argv -> writeAll("", argv));

        assertThat(files.read(Path.of("out/app.tar"))).contains("worker");
        assertThat(files.paths()).doesNotContain("out/bin/api");
        assertThat(left()).isEmpty();
    }

    @Test
    void filesThatCannotBePutInTheirPlacesAreAFailureOfTheirTarget() throws InterruptedException {
        definition = WITH_FILES;

        BakeReport report = build(ready(), "bake-services-buildx-0.36.1", 0, "", argv -> {
            writeAll("", argv);
            files.withDirectory("out/app.tar");
        });

        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_FAILED);
            assertThat(failure.message()).startsWith("target 'web': ").contains("out/app.tar", "is a directory");
        });
        assertThat(files.read(Path.of("out/bin/api"))).contains("api");
        assertThat(left()).isEmpty();
    }

    @Test
    void aDirectoryWhereAFileIsToBeIsToldBeforeAnythingIsBuilt() throws InterruptedException {
        definition = WITH_FILES;
        Bakes.Ready ready = ready();
        files.withDirectory("out/app.tar");

        BakeReport report = BakeReports.of(bakes().run(ready, Silent::new, Redactor.NONE));

        assertThat(report.failure().orElseThrow().message()).contains("out/app.tar", "is a directory; name a file");
        assertThat(runner.commands()).noneMatch(command -> command.argv().contains("--metadata-file"));
    }

    @Test
    void aLocalCacheIsExchangedWhereTheDefinitionIs() throws InterruptedException {
        files.withDirectory("app");

        BakeReport report = build(
                ready("source", "app", "cache", "local"),
                "bake-services-buildx-0.36.1",
                0,
                "",
                argv -> argv.stream()
                        .filter(word -> word.contains(".cache-to="))
                        .forEach(word ->
                                files.with("app/" + word.replaceAll(".*dest=([^,]*).*", "$1") + "/index.json", "")));

        assertThat(report.notes()).noneMatch(note -> note.contains("not renewed"));
        assertThat(left()).isEmpty();
        assertThat(files.paths()).anyMatch(path -> path.matches("app/\\.buildkit-cache/.*/index.json"));
    }

    /** Nobody watches. */
    private static final class Silent implements ProgressView {
        @Override
        public void update(ProgressLine line) {}

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }

    private static final class NoNetwork implements Reachability {
        @Override
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            return Optional.of(Refusal.nobody("refused"));
        }

        @Override
        public Optional<String> unix(Path socket) {
            return Optional.of("refused");
        }
    }
}

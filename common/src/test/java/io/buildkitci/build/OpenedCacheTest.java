package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cache.CachePasses;
import io.buildkitci.cache.CacheScope;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CachePass;
import io.buildkitci.model.Secret;
import io.buildkitci.model.ServiceCache;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.BuildPlan;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Credentials;
import io.buildkitci.plan.Machines;
import io.buildkitci.plan.Planned;
import io.buildkitci.process.Command;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cache service from its pass to its end, with a builder that reaches some addresses. */
class OpenedCacheTest {
    private static final String HERE = "http://127.0.0.1:8321";
    private static final String BRIDGE = "http://172.17.0.1:8321";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final CacheScope SCOPE = CacheScope.of(List.of(), List.of());

    private final PlayedTools played = new PlayedTools();
    private final FakeProcessRunner buildx = played.runner;
    private final InMemoryFiles files = played.files;
    private final List<CachePass> ended = new ArrayList<>();
    private Instant now = NOON;

    private Builds builds() {
        played.clock = () -> now;
        return new Builds(played.tools(), played.probe(), HostWords.PLAIN);
    }

    private static Builds.Ready ready(Capabilities capabilities) {
        BuildRequest request = Asked.of("cache", "service=" + HERE, "cache-token", "a.b.c", "builder", "ci")
                .request();
        return new Builds.Ready(request, capabilities);
    }

    private static CachePass pass() {
        return new CachePass(
                List.of(HERE, BRIDGE),
                new Secret("reading"),
                Optional.of(new Secret("writing")),
                List.of("main"),
                new CachePass.Sign("/sign/7", new Secret("key")));
    }

    /** A builder for which the service is at these addresses only. */
    private void reaches(String... addresses) {
        buildx.when(command -> fetches(command, List.of(addresses)));
        buildx.when(command -> !fetches(command, List.of(addresses))).exit(1);
        buildx.on("/bin/docker-buildx", "inspect", "--bootstrap", "ci");
    }

    /** Without the first start of a builder in a container. */
    private List<Command> probes() {
        return buildx.commands().stream()
                .filter(command -> !command.argv().contains("inspect"))
                .toList();
    }

    private boolean fetches(Command command, List<String> addresses) {
        if (!command.argv().contains("--file")) {
            return false;
        }
        String dockerfile = files.read(Path.of(command.argv().get(command.argv().indexOf("--file") + 1)))
                .orElse("");
        return addresses.stream().anyMatch(address -> dockerfile.contains(" " + address + "/sign/7/"));
    }

    private OpenedCache open(Capabilities capabilities, CachePasses.Answer answer) throws InterruptedException {
        return builds().open(ready(capabilities), SCOPE, () -> answer, ended::add);
    }

    private OpenedCache granted(Capabilities capabilities) throws InterruptedException {
        return open(capabilities, new CachePasses.Granted(pass()));
    }

    @Test
    void theAddressIsOneThatTheBuilderReachesAndClosingEndsThePass() throws InterruptedException {
        reaches(BRIDGE);

        try (OpenedCache cache = granted(Machines.remote())) {
            assertThat(cache.service().map(ServiceCache::address)).contains(BRIDGE);
            assertThat(cache.ready().notes()).isEmpty();
            assertThat(ended).isEmpty();
        }

        assertThat(ended).containsExactly(pass());
        assertThat(probes()).hasSize(2).allSatisfy(command -> {
            assertThat(command.timeout().orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(3));
            assertThat(command.argv())
                    .startsWith("/bin/docker-buildx", "build", "--builder", "ci")
                    .contains("type=cacheonly");
        });
        assertThat(files.list(Path.of("/run"))).isEmpty();
    }

    @Test
    void aBuilderInAContainerIsAskedForItsBridgeFirstAndForNothingElse() throws InterruptedException {
        reaches(HERE, BRIDGE);

        assertThat(granted(Machines.container()).service().map(ServiceCache::address))
                .contains(BRIDGE);
        assertThat(probes()).hasSize(1);
    }

    @Test
    void aBuilderInAContainerIsStartedBeforeItsTimeIsCounted() throws InterruptedException {
        reaches(BRIDGE);

        granted(Machines.container());

        assertThat(buildx.commandLines()).first().isEqualTo("/bin/docker-buildx inspect --bootstrap ci");
        assertThat(buildx.commands().get(0).timeout()).isEmpty();
    }

    /** Its words are buildctl's, which has none to start a builder. */
    @Test
    void aClientThatIsNotBuildxIsAskedForABuildOnly() throws InterruptedException {
        Capabilities container = Machines.container();
        Capabilities daemon = Machines.daemon();
        buildx.when(command -> command.argv().contains("build")).exit(1);

        open(new Capabilities(daemon.client(), container.builder(), Map.of()), new CachePasses.Granted(pass()));

        assertThat(buildx.commands())
                .hasSize(2)
                .allSatisfy(command -> assertThat(command.argv())
                        .contains("/bin/buildctl", "build")
                        .doesNotContain("inspect"));
    }

    @Test
    void whereItIsHttpsTheNoteTellsOfTheCertificate() throws InterruptedException {
        reaches();
        CachePass secure = new CachePass(
                List.of("https://cache.example:8321"), pass().read(), pass().write(), pass().scopes(), pass().sign());

        assertThat(open(Machines.remote(), new CachePasses.Granted(secure))
                        .ready()
                        .notes())
                .singleElement()
                .satisfies(note -> assertThat(note).endsWith("; the builder has to trust its certificate, too"));
    }

    @Test
    void aGoodAnswerIsKeptForAnHour() throws InterruptedException {
        reaches(BRIDGE);
        granted(Machines.container());
        now = NOON.plusSeconds(3599);
        assertThat(granted(Machines.container()).service().map(ServiceCache::address))
                .contains(BRIDGE);
        assertThat(probes()).hasSize(1);

        now = NOON.plusSeconds(3601);
        granted(Machines.container());

        assertThat(probes()).hasSize(2);
    }

    @Test
    void whereItIsReachedNowhereOneNoteSaysWhatWasTriedAndThePassIsEnded() throws InterruptedException {
        reaches();

        OpenedCache cache = granted(Machines.container());

        assertThat(cache.ready().request().caching().from()).isEmpty();
        assertThat(cache.ready().request().caching().to()).isEmpty();
        assertThat(cache.ready().notes())
                .containsExactly("built without 'cache': builder 'ci' does not reach the service at " + HERE + " or "
                        + BRIDGE
                        + "; let the service listen at an address that the builder reaches, and name that one");
        assertThat(ended).containsExactly(pass());
        granted(Machines.container());
        assertThat(probes()).as("no bad answer is kept").hasSize(4);
    }

    @Test
    void anInterruptEndsThePass() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> granted(Machines.container())).isInstanceOf(InterruptedException.class);
        assertThat(ended).containsExactly(pass());
    }

    @Test
    void aNearBuilderIsNotAsked() throws InterruptedException {
        assertThat(open(Machines.engine(), new CachePasses.Near(pass()))
                        .service()
                        .map(ServiceCache::address))
                .contains(HERE);
        assertThat(probes()).isEmpty();
    }

    @Test
    void aServiceThatGivesNothingCostsTheCache() throws InterruptedException {
        OpenedCache cache = open(Machines.container(), new CachePasses.Unavailable("it is closed", "open it"));

        assertThat(cache.ready().notes()).containsExactly("built without 'cache': it is closed; open it");
        cache.close();
        assertThat(ended).isEmpty();
    }

    @Test
    void thePlanHasTheTokensInItsEnvironmentOnlyAndTheyAreMasked() throws InterruptedException {
        Builds.Ready ready =
                open(Machines.engine(), new CachePasses.Near(pass())).ready();

        BuildPlan plan = ((Planned.Ready) builds().plan(ready)).plan();

        assertThat(plan.environment())
                .containsEntry("ACTIONS_RESULTS_URL", HERE + "/r/reading/")
                .containsEntry("ACTIONS_RUNTIME_TOKEN", "writing");
        assertThat(String.join(" ", plan.argv())).doesNotContain("reading").doesNotContain("writing");
        assertThat(plan.argv()).contains("--cache-from").anyMatch(argument -> argument.contains("token=eyJ"));
        assertThat(plan.notes()).isEmpty();
        assertThat(plan.describe().toString()).doesNotContain("reading").doesNotContain("writing");
        assertThat(Credentials.of(ready.request())).contains("reading", "writing", "a.b.c");
        assertThat(ready.toString())
                .doesNotContain("reading")
                .doesNotContain("writing")
                .doesNotContain("a.b.c");
    }

    @Test
    void takenUpAgainItIsTheSame() throws InterruptedException {
        Builds.Ready first =
                open(Machines.engine(), new CachePasses.Near(pass())).ready();

        assertThat(Builds.again(
                        ready(Machines.engine()),
                        SCOPE,
                        first.request().caching().service(),
                        first.notes()))
                .isEqualTo(first);
        assertThat(Builds.again(ready(Machines.engine()), SCOPE, Optional.empty(), List.of("why"))
                        .request()
                        .caching()
                        .to())
                .isEmpty();
    }
}

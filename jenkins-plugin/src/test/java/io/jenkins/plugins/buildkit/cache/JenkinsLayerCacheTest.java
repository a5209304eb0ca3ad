package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Run;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.cacheservice.CacheService;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.Tokens;
import io.buildkitci.input.Checked;
import io.buildkitci.local.Unguessable;
import io.buildkitci.model.CachePass;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JenkinsLayerCacheTest {
    @TempDir
    Path home;

    private final JenkinsLayerCache cache = new JenkinsLayerCache();
    private final ScopesOfItems items = new ScopesOfItems();
    private final MultiBranch project = new MultiBranch("team/app");
    private StartedJenkins jenkins;

    @BeforeEach
    void start() {
        jenkins = new StartedJenkins(home);
        ExtensionList.put(JenkinsLayerCache.class, cache);
        CacheLifecycle.begin();
    }

    @AfterEach
    void end() {
        jenkins.close();
    }

    private CacheService running() throws Exception {
        jenkins.configuration().setService(StartedJenkins.service());
        return jenkins.runs().service();
    }

    private CachePass pass(Run<?, ?> run) throws InterruptedException {
        CachePasses.Answer answer = cache.open(run);
        assertThat(answer).isInstanceOf(CachePasses.Granted.class);
        return ((CachePasses.Granted) answer).pass();
    }

    private static Grant grant(CacheService service, String token) {
        Tokens.Checked checked = service.tokens().check(token);
        assertThat(checked).isInstanceOf(Tokens.Good.class);
        return ((Tokens.Good) checked).grant();
    }

    private static void keep(CacheService service, String namespace, String scope) throws Exception {
        Kept.of(service.store(), namespace, scope, (namespace + scope).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> kept(CacheService service) throws Exception {
        jenkins.settled();
        return Kept.names(service.store());
    }

    @Test
    void aJenkinsWithoutACacheSaysWhatToConfigure() throws Exception {
        assertThat(cache.open(new PlainJob("a").build()))
                .isInstanceOfSatisfying(
                        CachePasses.Missing.class,
                        missing -> assertThat(missing.remedy()).contains("Manage Jenkins » BuildKit"));
    }

    @Test
    void aBuildHasTwoTokensForItsScopesThatEndWithIt() throws Exception {
        CacheService service = running();
        project.primary("main");
        Run<?, ?> run = project.change("PR-7", "main");

        CachePass pass = pass(run);

        assertThat(grant(service, pass.read().reveal()))
                .isEqualTo(
                        new Grant("jenkins/team/app", List.of("refs/pull/PR-7", "refs/heads/main"), Optional.empty()));
        assertThat(grant(service, pass.write().orElseThrow().reveal()).writable())
                .contains("refs/pull/PR-7");
        assertThat(pass.addresses())
                .containsExactly("http://127.0.0.1:" + service.address().getPort());
        assertThat(pass.toString()).doesNotContain(pass.read().reveal());

        cache.end(pass);
        cache.end(pass);
        assertThat(service.tokens().check(pass.read().reveal())).isInstanceOf(Tokens.Bad.class);
        assertThat(service.tokens().check(pass.write().orElseThrow().reveal())).isInstanceOf(Tokens.Bad.class);
    }

    @Test
    void whatAStepLeavesOpenEndsWithTheBuild() throws Exception {
        CacheService service = running();
        Run<?, ?> run = new PlainJob("a").build();
        CachePass left = pass(run);
        CachePass other = pass(new PlainJob("b").build());

        new EndedRuns().onFinalized(run);
        jenkins.settled();

        assertThat(service.tokens().check(left.read().reveal())).isInstanceOf(Tokens.Bad.class);
        assertThat(service.tokens().check(other.read().reveal())).isInstanceOf(Tokens.Good.class);
    }

    @Test
    void aServiceThatDoesNotRunIsNoError() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        service.setBindAddress("no-such-host.invalid");
        jenkins.configuration().setService(service);

        assertThat(cache.open(new PlainJob("a").build()))
                .isInstanceOfSatisfying(
                        CachePasses.Unavailable.class,
                        unavailable ->
                                assertThat(unavailable.reason()).contains("does not run", "no-such-host.invalid"));
    }

    @Test
    void theLayersOfAJobThatIsDeletedGoAndThoseOfOneThatIsMovedGoWithIt() throws Exception {
        CacheService service = running();
        keep(service, "jenkins/team/nightly", "job");
        keep(service, "jenkins/team/weekly", "job");
        keep(service, "others", "job");

        items.onDeleted(new PlainJob("team/nightly"));
        items.onLocationChanged(new PlainJob("group/weekly"), "team/weekly", "group/weekly");

        assertThat(kept(service)).containsExactly("jenkins/group/weekly job", "others job");
    }

    @Test
    void theLayersOfABranchThatIsDeletedGoAndNoOthers() throws Exception {
        CacheService service = running();
        for (String scope : List.of("refs/heads/main", "refs/pull/PR-7", "fork/PR-7", "refs/pull/PR-8")) {
            keep(service, "jenkins/team/app", scope);
        }

        items.onDeleted(project.change("PR-7", "main").getParent());

        assertThat(kept(service))
                .containsExactly("jenkins/team/app refs/heads/main", "jenkins/team/app refs/pull/PR-8");
        items.onDeleted(project);
        assertThat(kept(service)).isEmpty();
    }

    @Test
    void theLayersOfJobsThatAreGoneGoWhenNobodyHasUsedThemForAWeek() throws Exception {
        CacheService service = running();
        keep(service, "jenkins/gone", "job");
        keep(service, "of-somebody-else", "job");
        Keeper keeper = new EmbeddedKeeper(service.store());

        CacheWatch.tidy(keeper, Instant.now());
        assertThat(kept(service)).hasSize(2);
        CacheWatch.tidy(keeper, Instant.now().plus(Duration.ofDays(8)));

        assertThat(kept(service)).containsExactly("of-somebody-else job");
    }

    @Test
    void anExternalServiceWhoseSecretIsKnownIsLookedAfterAlike() throws Exception {
        try (CacheService service = started()) {
            ExternalService external =
                    new ExternalService("http://127.0.0.1:" + service.address().getPort());
            external.setSecretCredentialsId(KeptCredentials.text(
                    Files.readString(home.resolve("elsewhere").resolve("secret"))));
            external.setController("ci-1");
            jenkins.configuration().setService(external);

            CachePass pass = pass(project.fork("PR-8", "main"));
            assertThat(grant(service, pass.write().orElseThrow().reveal()))
                    .isEqualTo(new Grant(
                            "ci-1/team/app", List.of("fork/PR-8", "refs/heads/main"), Optional.of("fork/PR-8")));
            assertThat(pass.addresses())
                    .contains("http://127.0.0.1:" + service.address().getPort());
            keep(service, "ci-1/team/app", "fork/PR-8");
            keep(service, "ci-2/team/app", "fork/PR-8");
            Stats seen = ((Keepers.There) Keepers.of(external, new RunningService.Off()))
                    .keeper()
                    .stats();
            assertThat(seen).isEqualTo(service.store().stats());
            cache.end(pass);
            assertThat(service.tokens().check(pass.read().reveal())).isInstanceOf(Tokens.Bad.class);

            items.onLocationChanged(project, "team/app", "group/app");
            assertThat(kept(service)).containsExactly("ci-1/group/app fork/PR-8", "ci-2/team/app fork/PR-8");
            items.onDeleted(new PlainJob("group/app"));
            assertThat(kept(service)).containsExactly("ci-2/team/app fork/PR-8");
        }
    }

    @Test
    void aTokenThatAllBuildsShareIsNotForStrangers() throws Exception {
        try (CacheService service = started()) {
            Grant all = Grant.ofBranch("team", "main", Optional.empty(), Optional.empty());
            ExternalService external =
                    new ExternalService("http://127.0.0.1:" + service.address().getPort());
            external.setTokenCredentialsId(KeptCredentials.text(service.mint(all, Duration.ofHours(1))));
            jenkins.configuration().setService(external);

            CachePass pass = pass(project.change("PR-7", "main"));
            assertThat(grant(service, pass.write().orElseThrow().reveal())).isEqualTo(all);
            assertThat(cache.open(project.fork("PR-8", "main"))).isInstanceOf(CachePasses.Unavailable.class);
            assertThat(Keepers.of(external, new RunningService.Off())).isInstanceOf(Keepers.None.class);
        }
        assertThat(cache.open(project.change("PR-7", "main")))
                .isInstanceOfSatisfying(
                        CachePasses.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains("does not answer"));
    }

    private CacheService started() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        service.setDirectory("elsewhere");
        Hosting hosting = ((Checked.Valid<Hosting>) service.check(home)).value();
        return CacheService.start(hosting.settings(), InstantSource.system(), Unguessable::bytes, exchanged -> {});
    }
}

package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.testbed.FreePorts;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachePageTest {
    private static final String OURS = "jenkins/team/app";

    @TempDir
    Path home;

    private final CachePage page = new CachePage();
    private StartedJenkins jenkins;

    @BeforeEach
    void start() {
        jenkins = new StartedJenkins(home);
        CacheLifecycle.begin();
    }

    @AfterEach
    void end() {
        jenkins.close();
    }

    private CacheStore running() throws Exception {
        jenkins.configuration().setService(StartedJenkins.service());
        CacheStore store = jenkins.runs().service().store();
        Kept.of(store, OURS, "refs/heads/main", new byte[3000]);
        Kept.of(store, OURS, "fork/PR-7", new byte[5000]);
        Kept.of(store, "jenkins/nightly", "job", new byte[10]);
        Kept.of(store, "of-somebody-else", "job", new byte[10]);
        return store;
    }

    @Test
    void showsEachJobOfThisJenkinsTheLargestFirst() throws Exception {
        running();

        CacheView view = page.view(null, null, null);

        assertThat(view.isThere()).isTrue();
        assertThat(view.getRows()).extracting(CacheRow::getName).containsExactly("team/app", "nightly");
        assertThat(view.getRows()).extracting(CacheRow::getScopes).containsExactly(2, 1);
        assertThat(view.getRows()).extracting(CacheRow::getKept).containsExactly("7.8 KiB", "10 B");
        assertThat(view.getQuota()).isEqualTo("64.0 MiB");
    }

    @Test
    void showsTheBranchesOfOneJob() throws Exception {
        running();

        CacheView view = page.view(OURS, "", "");

        assertThat(view.getOwner()).isEqualTo("team/app");
        assertThat(view.getRows()).extracting(CacheRow::getName).containsExactly("change PR-7, in quarantine", "main");
        assertThat(page.view("of-somebody-else", "", "").getRows()).isEmpty();
    }

    @Test
    void dropsABranchOrAJobAndNothingOfOthers() throws Exception {
        CacheStore store = running();

        page.doDrop(OURS, "fork/PR-7");
        assertThat(Kept.names(store)).contains(OURS + " refs/heads/main").doesNotContain(OURS + " fork/PR-7");
        page.doDrop(OURS, "");
        page.doDrop("of-somebody-else", "");
        page.doDrop("jenkins/no-such-job", "");

        assertThat(Kept.names(store)).containsExactly("jenkins/nightly job", "of-somebody-else job");
    }

    @Test
    void whoMayOnlyLookDropsNothingAndWhoMayNotSeesNothing() throws Exception {
        CacheStore store = running();
        jenkins.forbid(Jenkins.ADMINISTER);

        assertThat(page.isChangeable()).isFalse();
        assertThatThrownBy(() -> page.doDrop(OURS, "")).isInstanceOf(SecurityException.class);
        assertThat(Kept.names(store)).hasSize(4);
        assertThat(page.view("", "", "").getRows()).hasSize(2);

        jenkins.forbid(Jenkins.SYSTEM_READ);
        assertThatThrownBy(() -> page.view("", "", "")).isInstanceOf(SecurityException.class);
    }

    @Test
    void aCacheThatIsNotThereSaysWhy() throws Exception {
        assertThat(page.getIconFileName()).isNull();
        assertThat(page.view("", "", "").getReason()).isEqualTo("this Jenkins has no layer cache");

        ExternalService external = new ExternalService("http://127.0.0.1:" + FreePorts.next());
        external.setSecretCredentialsId(KeptCredentials.text("s".repeat(32)));
        jenkins.configuration().setService(external);
        assertThat(page.getIconFileName()).isNotNull();
        assertThat(page.view("", "", "").getReason()).contains("does not answer");
    }

    @Test
    void thousandsOfRowsComeInPagesAndCanBeFiltered() {
        List<Stats.OfScope> scopes = new ArrayList<>(IntStream.range(0, 2500)
                .mapToObj(
                        i -> new Stats.OfScope("refs/heads/b%04d".formatted(i), i, 1, 1, new Stats.Traffic(3, 1, 0, 0)))
                .toList());
        Stats.Totals totals = new Stats.Totals(5, 10, 1, 0, 1, new Stats.Counts(0, 0, 0, 0, 0, 0));
        Stats stats =
                new Stats(totals, List.of(new Stats.OfNamespace(OURS, 5, 2500, new Stats.Traffic(0, 0, 0, 0), scopes)));

        CacheView first = CacheView.of(stats, Namespaces.OWN, CacheView.Question.of(OURS, "", ""));
        assertThat(first.getRows()).hasSize(CacheView.ROWS);
        assertThat(first.getRows().get(0).getName()).isEqualTo("b2499");
        assertThat(first.getRows().get(0).getHitRatio()).isEqualTo("75 %");
        assertThat(first.getPrevious()).isNull();
        assertThat(first.getNext()).isEqualTo("?namespace=jenkins%2Fteam%2Fapp&filter=&from=100");
        CacheView last = CacheView.of(stats, Namespaces.OWN, CacheView.Question.of(OURS, "", "2400"));
        assertThat(last.getNext()).isNull();
        assertThat(last.getLast()).isEqualTo(2500);
        CacheView some = CacheView.of(stats, Namespaces.OWN, CacheView.Question.of(OURS, " B00 ", "x"));
        assertThat(some.getFound()).isEqualTo(100);
        assertThat(CacheView.of(stats, Namespaces.OWN, CacheView.Question.of(OURS, "", "99999999"))
                        .getRows())
                .isEmpty();
    }

    @Test
    void sizesAndAgesAreForPeople() {
        Instant now = Instant.ofEpochMilli(1_000_000_000_000L);

        assertThat(CacheView.size(1023)).isEqualTo("1023 B");
        assertThat(CacheView.size(3L << 30)).isEqualTo("3.0 GiB");
        assertThat(CacheView.ago(0, now)).isEqualTo("–");
        assertThat(CacheView.ago(now.toEpochMilli() - 5 * 60_000, now)).isEqualTo("5 min ago");
        assertThat(CacheView.ago(now.toEpochMilli() - 50 * 3_600_000L, now)).isEqualTo("2 d ago");
        assertThat(CacheView.percent(0, 0)).isEqualTo("–");
        assertThat(CacheView.percent(2, 3)).isEqualTo("67 %");
    }
}

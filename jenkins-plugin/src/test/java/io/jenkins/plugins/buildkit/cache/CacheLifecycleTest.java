package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLifecycleTest {
    @TempDir
    Path home;

    private StartedJenkins jenkins;

    @BeforeEach
    void start() {
        jenkins = new StartedJenkins(home);
    }

    @AfterEach
    void end() {
        jenkins.close();
    }

    private static Health.Answer health(EmbeddedService service) throws InterruptedException {
        return Health.of(URI.create("http://127.0.0.1:" + service.getPort() + "/"));
    }

    @Test
    void nothingRunsBeforeJenkinsHasStartedAndThenWhatIsConfiguredDoes() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        jenkins.configuration().setService(service);

        assertThat(jenkins.settled()).isInstanceOf(RunningService.Off.class);
        CacheLifecycle.begin();

        jenkins.runs();
        assertThat(health(service)).isInstanceOf(Health.Well.class);
        assertThat(home.resolve("buildkit-cache").resolve("index.mv")).exists();
    }

    @Test
    void settingsCountWhenTheyAreSaved() throws Exception {
        CacheLifecycle.begin();
        EmbeddedService first = StartedJenkins.service();
        jenkins.configuration().setService(first);
        jenkins.runs();
        EmbeddedService second = StartedJenkins.service();
        second.setDirectory("elsewhere");
        jenkins.configuration().setService(second);
        jenkins.runs();

        assertThat(health(first)).isInstanceOf(Health.Ill.class);
        assertThat(health(second)).isInstanceOf(Health.Well.class);
        assertThat(home.resolve("elsewhere").resolve("index.mv")).exists();

        jenkins.configuration().setService(new NoService());
        assertThat(jenkins.settled()).isInstanceOf(RunningService.Off.class);
        assertThat(health(second)).isInstanceOf(Health.Ill.class);
    }

    @Test
    void aServiceIsLeftAloneWhenTheSameIsSavedAgain() throws Exception {
        CacheLifecycle.begin();
        EmbeddedService service = StartedJenkins.service();
        jenkins.configuration().setService(service);
        RunningService.Running before = jenkins.runs();

        EmbeddedService same = new EmbeddedService();
        same.setBindAddress(service.getBindAddress());
        same.setPort(service.getPort());
        same.setQuota(service.getQuota());
        jenkins.configuration().setService(same);

        assertThat(jenkins.runs().service()).isSameAs(before.service());
    }

    @Test
    void aPortThatIsInUseIsToldToTheAdministratorUntilItIsFree() throws Exception {
        CacheLifecycle.begin();
        CacheMonitor monitor = new CacheMonitor();
        EmbeddedService service = StartedJenkins.service();
        try (ServerSocket other = new ServerSocket(service.getPort(), 1, InetAddress.getLoopbackAddress())) {
            jenkins.configuration().setService(service);

            assertThat(jenkins.settled()).isInstanceOf(RunningService.Failed.class);
            assertThat(monitor.isActivated()).isTrue();
            assertThat(monitor.getTrouble()).contains("127.0.0.1:" + other.getLocalPort());
            CacheWatch.get().execute(hudson.model.TaskListener.NULL);
            assertThat(jenkins.settled()).isInstanceOf(RunningService.Failed.class);
        }
        CacheWatch.get().execute(hudson.model.TaskListener.NULL);

        jenkins.runs();
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void anAddressThatThisMachineDoesNotKnowIsTold() throws Exception {
        CacheLifecycle.begin();
        EmbeddedService service = StartedJenkins.service();
        service.setBindAddress("no-such-host.invalid");
        jenkins.configuration().setService(service);

        assertThat(jenkins.settled())
                .isEqualTo(new RunningService.Failed("this machine does not know the address 'no-such-host.invalid'"));
    }

    @Test
    void whatWasSavedAndIsNotValidAnyMoreIsToldAndNothingRuns() throws Exception {
        Path certificate = Files.writeString(home.resolve("a.crt"), "…");
        Path key = Files.writeString(home.resolve("a.key"), "…");
        EmbeddedService service = StartedJenkins.service();
        service.setTlsCertificateFile("a.crt");
        service.setTlsKeyFile("a.key");
        jenkins.configuration().setService(service);
        Files.delete(certificate);
        Files.delete(key);
        CacheLifecycle.begin();

        assertThat(jenkins.settled())
                .isInstanceOfSatisfying(
                        RunningService.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("tlsCertificateFile: 'a.crt'", "tlsKeyFile: 'a.key'"));
    }

    @Test
    void noThreadIsLeftWhenJenkinsEnds() throws Exception {
        List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
        CacheLifecycle.begin();
        EmbeddedService service = StartedJenkins.service();
        jenkins.configuration().setService(service);
        jenkins.runs();
        assertThat(ours(before)).isNotEmpty();

        jenkins.close();

        assertThat(health(service)).isInstanceOf(Health.Ill.class);
        for (Thread thread : ours(before)) {
            thread.join(StartedJenkins.PATIENCE.toMillis());
            assertThat(thread.isAlive()).as("%s", thread).isFalse();
        }
    }

    private static List<Thread> ours(List<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().matches("(buildkit|globalEventExecutor|MVStore).*"))
                .toList();
    }

    @Test
    void theStorageIsLookedAt() throws IOException {
        Path file = Files.writeString(home.resolve("a-file"), "");

        assertThat(CacheWatch.storage(home, 1)).isEmpty();
        assertThat(CacheWatch.storage(home, Long.MAX_VALUE)).get().asString().contains("nearly full", home.toString());
        assertThat(CacheWatch.storage(file, 1)).get().asString().contains("cannot be written to", file.toString());
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aStorageThatFailsIsToldToTheAdministrator() throws Exception {
        CacheLifecycle.begin();
        jenkins.configuration().setService(StartedJenkins.service());
        jenkins.runs();
        CacheMonitor monitor = new CacheMonitor();
        CacheWatch.get().execute(hudson.model.TaskListener.NULL);
        assertThat(monitor.isActivated()).isFalse();

        Files.move(home.resolve("buildkit-cache"), home.resolve("gone"));
        CacheWatch.get().execute(hudson.model.TaskListener.NULL);

        assertThat(monitor.isActivated()).isTrue();
        assertThat(Optional.of(monitor.getTrouble())).get().asString().contains("cannot be written to");
        Files.move(home.resolve("gone"), home.resolve("buildkit-cache"));
    }
}

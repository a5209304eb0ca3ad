package io.buildkitci.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Creation;
import io.buildkitci.builder.Removal;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.Reachability;
import io.buildkitci.words.KnownWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What does not need a real daemon; with one, see the command line's {@code DaemonIT}. */
class DaemonsTest {
    private static final String HOME = "/s/buildkit-ci/builders/";
    private static final String WORKERS =
            "[{\"platforms\":[{\"os\":\"linux\",\"architecture\":\"amd64\"}],\"buildkitVersion\":{\"version\":\"v0.32.2\"}}]";

    private final FakeProcessRunner runner = new FakeProcessRunner();
    private final InMemoryFiles files = new InMemoryFiles();
    private boolean listening = true;

    @Test
    void takesADaemonAtAnAddressAndRemembersIt() throws InterruptedException {
        installed("buildctl");
        runner.on("/b/buildctl", "--addr", "tcp://b.example:1", "debug", "workers")
                .out(WORKERS);

        Creation creation = create(at("tcp://b.example:1"), true);

        assertThat(creation).isInstanceOfSatisfying(Creation.Created.class, created -> {
            assertThat(created.builder().driver()).isEqualTo("buildkitd");
            assertThat(created.builder().buildkit()).contains("v0.32.2");
        });
        assertThat(daemons().exists("CI")).isTrue();
        assertThat(store().find(Optional.empty()).orElseThrow().address().url()).isEqualTo("tcp://b.example:1");
        assertThat(create(at("tcp://b.example:1"), false)).isInstanceOf(Creation.Reused.class);
        assertThat(create(at("tcp://other.example:1"), false))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.differences())
                                .containsExactly("endpoint: has tcp://b.example:1, asked for tcp://other.example:1"));
    }

    @Test
    void saysThatNobodyListensWithoutAskingAClient() throws InterruptedException {
        installed("buildctl");
        listening = false;

        Creation creation = create(at("tcp://b.example:1"), false);

        assertThat(creation).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failed.failure().text()).contains("tcp://b.example:1").contains("refused");
        });
        assertThat(runner.commandLines()).noneMatch(line -> line.contains("buildctl"));
        assertThat(files.paths()).noneMatch(path -> path.startsWith(HOME));
    }

    @Test
    void saysThatTheContainerOfItsDaemonDoesNotRunWithoutAskingAClient() throws InterruptedException {
        installed("buildctl");
        runner.on("docker", "container", "inspect").out("false");

        assertThat(create(at("docker-container://bk"), false))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().text())
                                .isEqualTo(
                                        "no buildkitd can be reached at docker-container://bk: the container bk does not"
                                                + " run"));
        assertThat(runner.commandLines()).noneMatch(line -> line.contains("buildctl"));
    }

    @Test
    void namesTheProgramThatIsMissingAndWhereItWasLookedFor() throws InterruptedException {
        assertThat(create(here(), false)).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.NO_BUILDKIT);
            assertThat(failed.failure().text())
                    .isEqualTo("no buildctl was found; looked for /b/buildctl, /usr/bin/buildctl");
        });
        installed("buildctl");
        runner.on("id", "-u").out("1000");
        listening = false;
        installed("buildkitd");
        assertThat(create(here(), false)).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().text()).startsWith("no rootlesskit was found");
            assertThat(failed.failure().advice()).contains("rootlesskit and uidmap");
        });
        assertThat(files.paths()).noneMatch(path -> path.startsWith(HOME));
    }

    @Test
    void aSocketsPathThatIsTooLongIsSaidBeforeAnythingIsStarted() throws InterruptedException {
        installed("buildctl");
        installed("buildkitd");
        runner.on("id", "-u").out("0");
        listening = false;
        BuilderSpec spec = here();
        Creation creation = daemons().create(spec, "n".repeat(90), OptionalLong.empty(), Duration.ofSeconds(1));

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().text()).contains("too long"));
    }

    @Test
    void doesNotRemoveWhatIsNotThere() throws InterruptedException {
        assertThat(daemons().remove("ci", false)).isEqualTo(new Removal.Unknown("ci"));
        assertThat(daemons().remove("../x", false)).isEqualTo(new Removal.Unknown("../x"));
    }

    @Test
    void endsNoProcessThatOnlyHasTheNumberOfItsOwn() throws InterruptedException {
        files.with(HOME + "ci/daemon.json", "{\"address\":\"unix:///x\",\"pid\":7,\"started\":\"100\"}");
        files.with("/proc/7/stat", "7 (some (other) one) S 1" + " 0".repeat(17) + " 200 0");

        assertThat(daemons().remove("ci", false)).isInstanceOf(Removal.Removed.class);
        assertThat(runner.commandLines()).noneMatch(line -> line.contains("kill"));
        assertThat(files.paths()).noneMatch(path -> path.startsWith(HOME));
    }

    /** A step of a job, below a runner's worker of number 7; this process has number 9, the daemon 5. */
    private void madeByAJob(String worker) {
        files.with(HOME + "ci/daemon.json", "{\"address\":\"unix:///x\",\"pid\":5,\"started\":\"100\"}")
                .with("/proc/sys/kernel/random/boot_id", "b1")
                .with("/proc/self/stat", stat(9, 7, 900))
                .with("/proc/9/stat", stat(9, 7, 900))
                .with("/proc/7/stat", stat(7, 1, 700))
                .with("/proc/7/cmdline", worker + "\0")
                .with("/proc/1/stat", stat(1, 0, 25))
                .with("/certs/ci.pem", "key");
        daemons().endsWithJob("ci", false, List.of("/certs/ci.pem"));
    }

    private static String stat(int pid, int parent, int started) {
        return pid + " (a) S " + parent + " 0".repeat(17) + " " + started + " 0 0\n";
    }

    @Test
    void theDaemonOfAJobThatWasCutOffIsRemovedWithItsCertificates() throws InterruptedException {
        madeByAJob("Runner.Worker");
        assertThat(daemons().leftBehind()).isEmpty();
        assertThat(daemons().removeLeftBehind()).isEmpty();

        files.remove(Path.of("/proc/7/stat"));

        assertThat(daemons().leftBehind()).containsExactly("ci");
        assertThat(daemons().removeLeftBehind()).containsExactly(new Removal.Removed("ci", List.of(), true));
        assertThat(files.paths()).noneMatch(path -> path.startsWith(HOME) || path.startsWith("/certs/"));
    }

    @Test
    void thatOfNobodysJobStays() {
        madeByAJob("bash");
        files.remove(Path.of("/proc/7/stat"));

        assertThat(daemons().leftBehind()).isEmpty();
    }

    @Test
    void oneThatAnotherTakesIntoUseAsWellStays() throws InterruptedException {
        installed("buildctl");
        runner.on("/b/buildctl", "--addr", "tcp://b.example:1", "debug", "workers")
                .out(WORKERS);
        create(at("tcp://b.example:1"), false);
        String record = files.read(Path.of(HOME + "ci/daemon.json")).orElseThrow();
        madeByAJob("Runner.Worker");
        files.with(HOME + "ci/daemon.json", record);
        daemons().endsWithJob("ci", false, List.of());
        create(at("tcp://b.example:1"), false);
        assertThat(store().read("ci").flatMap(Daemon::job)).isPresent();

        files.with("/proc/9/stat", stat(9, 1, 900));
        create(at("tcp://b.example:1"), false);
        files.remove(Path.of("/proc/7/stat"));

        assertThat(daemons().leftBehind()).isEmpty();
    }

    private void installed(String program) {
        files.withExecutable("/b/" + program);
    }

    private Creation create(BuilderSpec spec, boolean use) throws InterruptedException {
        BuilderSpec used = new BuilderSpec(
                spec.name(), spec.driver(), spec.nodes(), spec.buildkitdConfig(), use, spec.bootstrap());
        return daemons().create(used, "ci", OptionalLong.empty(), Duration.ofSeconds(1));
    }

    private Daemons daemons() {
        Reachability reachability = new Reachability() {
            @Override
            public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
                return listening ? Optional.empty() : Optional.of(Refusal.nobody("Connection refused"));
            }

            @Override
            public Optional<String> unix(Path socket) {
                return listening ? Optional.empty() : Optional.of("No such file or directory");
            }
        };
        return new Daemons(runner, files, environment(), reachability, KnownWords.KNOWN);
    }

    private DaemonStore store() {
        return new DaemonStore(files, environment());
    }

    private static ClientEnvironment environment() {
        return ClientEnvironment.from(
                Map.of("XDG_STATE_HOME", "/s", "BUILDKIT_CI_BUILDKIT", "/b", "PATH", "/usr/bin"),
                Path.of("/home/p"),
                ClientEnvironment.Os.LINUX);
    }

    private static BuilderSpec here() {
        return spec(Optional.empty());
    }

    private static BuilderSpec at(String address) {
        return spec(Optional.of(address));
    }

    private static BuilderSpec spec(Optional<String> endpoint) {
        NodeSpec node = new NodeSpec(Optional.empty(), endpoint, List.of(), List.of(), List.of());
        return new BuilderSpec(Optional.of("ci"), Driver.BUILDKITD, List.of(node), Optional.empty(), false, true);
    }
}

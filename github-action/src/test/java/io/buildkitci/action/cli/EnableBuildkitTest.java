package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EnableBuildkitTest {
    private static final Path FILE = Path.of("/etc/docker/daemon.json");
    private static final String BEFORE = "{\n  \"log-driver\": \"local\"\n}\n";

    private final PlayedMachine machine = new PlayedMachine();

    EnableBuildkitTest() {
        machine.engine = engine(EngineProduct.DOCKER, false);
    }

    private static DockerEngine engine(EngineProduct product, boolean rootless) {
        return new FakeDockerEngine(
                new DockerEngine.Info("27.3.1", "Ubuntu 24.04 LTS", "linux", "x86_64", false, rootless, product));
    }

    private Said enable(String... more) throws InterruptedException {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--enable-buildkit";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return machine.run(arguments);
    }

    @Test
    void showsTheChangeAndMakesNone() throws InterruptedException {
        machine.files.with(FILE.toString(), BEFORE);

        Said said = enable();

        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .contains("--- /etc/docker/daemon.json", "+    \"containerd-snapshotter\": true", "   \"log-driver\"");
        assertThat(said.err()).contains("nothing was changed; --write does it");
        assertThat(machine.files.read(FILE)).contains(BEFORE);
    }

    @Test
    void writesItWithABackupAndSaysThatARestartIsNeeded() throws InterruptedException {
        machine.files.with(FILE.toString(), BEFORE);

        Said said = enable("--write");
        Said again = enable("--write");

        assertThat(said.exit()).isZero();
        assertThat(machine.files.read(FILE).orElse("")).contains("\"buildkit\": true", "\"log-driver\": \"local\"");
        assertThat(machine.files.read(Path.of("/etc/docker/daemon.json.bak"))).contains(BEFORE);
        assertThat(said.err()).contains("daemon.json.bak", "systemctl restart docker", "no dockerd here to check it");
        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("has what is needed", "was not restarted since");
        assertThat(machine.files.list(Path.of("/etc/docker"))).containsExactly("daemon.json", "daemon.json.bak");
    }

    @Test
    void makesTheFileOfARootlessEngine() throws InterruptedException {
        machine.engine = engine(EngineProduct.DOCKER, true);
        machine.with("XDG_CONFIG_HOME", "/home/me/.config");

        Said said = enable("--write");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(machine.files
                        .read(Path.of("/home/me/.config/docker/daemon.json"))
                        .orElse(""))
                .contains("containerd-snapshotter");
        assertThat(said.err()).contains("systemctl --user restart docker").doesNotContain(".bak");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"debug\": true,}             | line 1, column",
                "{\"features\": []}             | line 1, column",
                "{\"storage-driver\": \"overlay2\"} | take that line out first",
            })
    void leavesAFileThatItCannotChangeAsItIs(String text, String reason) throws InterruptedException {
        machine.files.with(FILE.toString(), text);

        Said said = enable("--write");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("/etc/docker/daemon.json: ", reason, "nothing was changed");
        assertThat(machine.files.read(FILE)).contains(text);
        assertThat(machine.files.list(Path.of("/etc/docker"))).containsExactly("daemon.json");
    }

    @Test
    void leavesAFileThatTheEngineWouldNotTakeAsItIs() throws InterruptedException {
        machine.files.with(FILE.toString(), "{\"a\": 1}").withExecutable("/usr/sbin/dockerd");
        machine.runner
                .on("/usr/sbin/dockerd", "--validate")
                .err("the following directives don't match any configuration option: a")
                .exit(1);

        Said said = enable("--write");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("dockerd would not take it: the following directives don't match", "a;");
        assertThat(machine.files.read(FILE)).contains("{\"a\": 1}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOCKER")
    void aProductWithSettingsOfItsOwnIsNamedWithThem(EngineProduct product) throws InterruptedException {
        machine.engine = engine(product, false);
        machine.files.with(FILE.toString(), BEFORE);

        Said said = enable("--write");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err())
                .contains(
                        product.title(),
                        "nothing was changed",
                        "  -> " + product.settings().orElseThrow());
        assertThat(machine.files.read(FILE)).contains(BEFORE);
    }

    @Test
    void anEngineOnAnotherMachineIsLeftToThatMachine() throws InterruptedException {
        machine.with("DOCKER_HOST", "ssh://me@build.example");

        Said said = enable("--write");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("is on another machine", "run this there");
    }

    @Test
    void anEngineThatHasItOnNeedsNoFile() throws InterruptedException {
        machine.engine = FakeDockerEngine.onLinux();

        assertThat(enable("--write").err()).contains("has BuildKit and the containerd image store on already");
        assertThat(machine.files.read(FILE)).isEmpty();
    }

    @Test
    void aFileCanBeNamed() throws InterruptedException {
        machine.engine = FakeDockerEngine.unreachable("not asked");

        Said said = enable("--daemon-config", "/snap/daemon.json", "--write");
        Said without = machine.run("doctor", "--write", "--daemon-config", "/snap/daemon.json");
        Said beside = enable("--install");

        assertThat(said.exit()).isZero();
        assertThat(machine.files.read(Path.of("/snap/daemon.json")).orElse("")).contains("containerd-snapshotter");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("--write: given without", "--daemon-config: given without");
        assertThat(beside.err()).contains("--install: given beside --enable-buildkit, which does nothing else");
    }
}

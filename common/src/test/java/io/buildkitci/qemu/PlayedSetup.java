package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.QemuReport.Line;
import io.buildkitci.qemu.Readiness.Emulated;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Emulators that are set up on a machine and by an engine that are played. */
final class PlayedSetup implements AutoCloseable {
    static final String IMAGE = "docker.io/tonistiigi/binfmt:latest";
    static final Platform HOST = new Platform("linux", "amd64", "");
    static final Emulated BY_IMAGE = new Emulated(IMAGE, true, Optional.of("it runs on the engine's machine"));

    final FakeMachine machine = new FakeMachine().running(Emulator.AMD64, Emulator.I386);
    FakeDockerEngine engine = FakeDockerEngine.unreachable("no engine here");

    QemuReport setUp(QemuRequest request) throws Exception {
        return machine.setup(engine, HOST).setUp(request);
    }

    QemuReport setUp(String... platforms) throws Exception {
        return setUp(request(platforms));
    }

    static QemuRequest request(String... platforms) throws Exception {
        return new QemuRequest(platforms(platforms), false, false, IMAGE);
    }

    static List<Platform> platforms(String... names) throws Exception {
        List<Platform> platforms = new ArrayList<>();
        for (String name : names) {
            platforms.add(Platform.parse(name));
        }
        return platforms;
    }

    static Line line(String platform, Readiness readiness) throws Exception {
        return new Line(Platform.parse(platform), readiness);
    }

    void register(Emulator emulator, String flags) throws Exception {
        String path = "/old/" + emulator.entry();
        machine.withStatic(path);
        String line = new Registration(emulator, Path.of(path)).render().replaceFirst("POCF$", flags);
        machine.files.write(KernelState.ROOT.resolve("register"), line.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the binfmt image prints at its end. */
    static Ran ran(String... supported) {
        String list = String.join("\", \"", supported);
        return new Ran(
                Optional.of(0),
                "Unable to find image locally\ninstalling: arm64 OK\n{\n  \"supported\": [\"" + list
                        + "\"],\n  \"emulators\": [\"qemu-aarch64\"]\n}\n");
    }

    /** No private directory is left, and nothing was written but there and to the kernel. */
    @Override
    public void close() {
        assertThat(machine.files.list(FakeMachine.RUNTIME)).isEmpty();
        assertThat(machine.files.writes())
                .allMatch(write -> write.file().startsWith(FakeMachine.RUNTIME)
                        || write.file().startsWith(KernelState.ROOT));
    }
}

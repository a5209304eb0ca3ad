package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's configuration, with the engine's own check of it. */
class EnableBuildkitIT {
    private final Path folder;

    EnableBuildkitIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private Said enable(Path file, String... more) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("doctor", "--enable-buildkit", "--write", "--daemon-config", file.toString()));
        arguments.addAll(List.of(more));
        return CommandLine.in(folder, TESTBED.buildx()).run(arguments.toArray(String[]::new));
    }

    @Test
    void theEngineTakesWhatIsWritten() throws Exception {
        Path real = folder.resolve("real.json");
        Files.writeString(real, "{\n    \"debug\": true,\n    \"default-ulimits\": {}\n}\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("daemon.json"), real);

        Said said = enable(link);
        Said again = enable(link);
        Process check = new ProcessBuilder("dockerd", "--validate", "--config-file", real.toString()).start();

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.err()).doesNotContain("no dockerd");
        assertThat(check.waitFor()).isZero();
        assertThat(Files.readString(real)).isEqualTo("""
                {
                    "features": {
                        "buildkit": true,
                        "containerd-snapshotter": true
                    },
                    "debug": true,
                    "default-ulimits": {}
                }
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(folder.resolve("real.json.bak")))
                .contains("default-ulimits")
                .doesNotContain("features");
        assertThat(again.err()).contains("has what is needed");
        assertThat(folder.resolve("real.json.bak.1")).doesNotExist();
    }

    @Test
    void whatTheEngineWouldNotTakeIsNotWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("daemon.json"), "{\"no-such-setting\": true}");

        Said said = enable(file);

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("dockerd would not take it", "no-such-setting");
        assertThat(file).hasContent("{\"no-such-setting\": true}");
        assertThat(folder.resolve("daemon.json.bak")).doesNotExist();
    }
}

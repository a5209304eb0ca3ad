package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalBinaries;
import io.buildkitci.local.LocalFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Docker's folder of plugins. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class CliPluginTest {
    @TempDir
    Path root;

    @Test
    void aPluginTakesThePlaceOfOneThatIsThere() throws Exception {
        Path program = Files.write(root.resolve("docker-buildx"), Installing.PROGRAM);
        CliPlugin plugins = new CliPlugin(new LocalBinaries(), new LocalFiles());
        Path config = root.resolve("docker");

        Path plugin = plugins.install(program, config);
        Files.writeString(plugin, "an old one");
        plugins.install(program, config);
        plugins.install(program, config);

        assertThat(plugin)
                .isEqualTo(config.resolve("cli-plugins/docker-buildx"))
                .isExecutable()
                .hasBinaryContent(Installing.PROGRAM);
        try (Stream<Path> plugged = Files.list(plugin.getParent())) {
            assertThat(plugged).containsExactly(plugin);
        }
    }
}

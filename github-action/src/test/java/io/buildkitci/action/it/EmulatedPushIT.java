package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Emulators, a builder and a push of foreign platforms by our own steps, one after the other. */
class EmulatedPushIT {
    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    @Test
    void runsStepsOfForeignPlatforms() throws Exception {
        // the kernel's state is everybody's: what is registered stays
        Said emulators = BUILDER.commandLine().run("setup-qemu", "--platforms", "arm64,riscv64,amd64", "--json");
        Path context = BUILDER.context(
                "FROM BASE\nRUN uname -m > /machine && echo %s >> /machine\n".formatted(CommandLine.fresh()));
        String image = Builder.image("emulated");

        JsonNode report = BUILDER.build(
                        context, "--platforms", "amd64,arm64,riscv64", "--tags", image, "--push", "--json")
                .built();
        Registry.Manifest index = Registry.read(image);

        assertThat(emulators.exit()).isZero();
        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(index.platforms()).containsAllEntriesOf(Reported.digests(report));
        assertThat(Reported.digests(report).keySet()).containsExactly("linux/amd64", "linux/arm64", "linux/riscv64");
        assertThat(emulator(report))
                .containsEntry("linux/amd64", "")
                .containsEntry("linux/arm64", interpreter("aarch64"))
                .containsEntry("linux/riscv64", interpreter("riscv64"));
        assertThat(machine(index, "linux/amd64")).contains("x86_64");
        assertThat(machine(index, "linux/arm64")).contains("aarch64");
        assertThat(machine(index, "linux/riscv64")).contains("riscv64");
    }

    private static String interpreter(String name) {
        return CommandLine.TESTBED.qemuDirectory().resolve("qemu-" + name).toString();
    }

    private static Map<String, String> emulator(JsonNode report) {
        Map<String, String> emulators = new HashMap<>();
        report.path("platforms")
                .forEach(p -> emulators.put(
                        p.path("platform").asText(), p.path("emulator").asText("")));
        return emulators;
    }

    /** What the step wrote, from the image's last layer. */
    private static String machine(Registry.Manifest index, String platform) throws Exception {
        var layers = index.of(platform).layers();
        return new String(Archive.unzipped(layers.get(layers.size() - 1)), StandardCharsets.UTF_8);
    }
}

package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.dropin.ActionYml;
import io.buildkitci.action.it.RunnerStep.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Platforms that this machine does not run itself. The kernel's emulators are everybody's: what is registered stays. */
class ActionEmulatorsIT {
    private static final String MACHINE = "FROM BASE\nRUN uname -m > /machine && echo %s >> /machine\n";

    @Test
    void setupQemuTellsWhatRunsHereNow() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            Told told = job.step("setup-qemu")
                    .input("platforms", "arm64,linux/riscv64")
                    .input("cache-image", "false")
                    .main();

            assertThat(told.exit()).as(told.toString()).isZero();
            assertThat(told.outputs().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            ActionYml.of("setup-qemu").outputs());
            assertThat(told.output("platforms").split(",")).contains("linux/amd64", "linux/arm64", "linux/riscv64");
            assertThat(told.view().data("group")).contains("Emulators");
        }
    }

    @Test
    void platformsThatAreNoneAreRefusedBeforeAnythingIsChanged() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            Told told = job.step("setup-qemu")
                    .input("platforms", "linux/foo,windows/amd64")
                    .main();

            assertThat(told.exit()).isEqualTo(2);
            assertThat(told.errors()).singleElement().asString().contains("linux/foo", "windows/amd64");
            assertThat(told.outputs()).isEmpty();
        }
    }

    @Test
    void oneStepEmulatesMakesABuilderAndBuilds() throws Exception {
        String image = Builder.image("all");
        try (RunnerJob job = new RunnerJob()) {
            job.file("Dockerfile", MACHINE.formatted(CommandLine.fresh()));

            Told told = job.step(".")
                    .input("context", ".")
                    .input("platforms", "linux/amd64,linux/riscv64")
                    .input("tags", image)
                    .input("push", "true")
                    .input("driver-opts", "image=" + TESTBED.buildkitImage() + "\nnetwork=host")
                    .input("buildkitd-config", TESTBED.buildkitdConfig().toString())
                    .main();

            assertThat(told.exit()).as(told.toString()).isZero();
            Registry.Manifest index = Registry.read(image);
            assertThat(told.output("digest")).isEqualTo(index.digest());
            assertThat(machine(index, "linux/amd64")).contains("x86_64");
            assertThat(machine(index, "linux/riscv64")).contains("riscv64");
            assertThat(told.summary()).contains("riscv64").contains(index.digest());
            assertThat(told.state()).containsKey("undo");
            List<String> builders = job.builders();
            assertThat(builders)
                    .singleElement()
                    .satisfies(name -> assertThat(job.inEngine(name)).hasSize(2));

            job.end();

            assertThat(job.builders()).isEmpty();
            assertThat(job.inEngine(builders.get(0))).isEmpty();
        }
    }

    @Test
    void oneStepMakesNothingWhereTheCurrentBuilderWillDo() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            job.file("Dockerfile", MACHINE.formatted(CommandLine.fresh()));

            Told told =
                    job.step(".").input("context", ".").input("load", "true").main();

            assertThat(told.exit()).as(told.toString()).isZero();
            assertThat(told.state()).containsEntry("undo", "");
            assertThat(job.builders()).isEmpty();
            job.machine().docker("image", "rm", "--force", told.output("imageid"));
        }
    }

    private static String machine(Registry.Manifest index, String platform) throws Exception {
        List<byte[]> layers = index.of(platform).layers();
        return new String(Archive.unzipped(layers.get(layers.size() - 1)), StandardCharsets.UTF_8);
    }
}

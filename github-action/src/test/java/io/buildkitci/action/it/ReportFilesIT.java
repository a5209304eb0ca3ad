package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports in files, of a build that has no builder, which is told as any result is. */
class ReportFilesIT {
    private final Path folder;
    private final CommandLine commandLine;

    ReportFilesIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    private Said build(Path json, Path html) throws Exception {
        Files.writeString(folder.resolve("work/Dockerfile"), "FROM scratch\n");
        Said said = commandLine.run(
                "build-push", "--builder", "its-none", "--json-file=" + json, "--html-file=" + html, ".");
        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        return said;
    }

    @Test
    void aFullDiskLeavesTheOldOneAndNothingElse() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("small"), "64k")) {
            Path json = Files.writeString(disk.directory().resolve("report.json"), "old");
            disk.fill();

            Said said = build(json, disk.directory().resolve("page.html"));

            assertThat(said.err())
                    .contains(
                            "--json-file: '" + json + "' was not written: ",
                            "--html-file: ",
                            "No space left on device");
            assertThat(json).hasContent("old");
            try (Stream<Path> all = Files.list(disk.directory())) {
                assertThat(all)
                        .extracting(p -> p.getFileName().toString())
                        .containsExactlyInAnyOrder("ballast", "report.json");
            }
        }
    }

    @Test
    void standardOutputIsWrittenToAndALinkIsFollowed() throws Exception {
        Path page = Files.createSymbolicLink(folder.resolve("link.html"), folder.resolve("page.html"));

        Said said = build(Path.of("/dev/stdout"), page);

        String json = said.out().substring(said.out().indexOf('{'));
        assertThat(new ObjectMapper().readTree(json).path("outcome").asText()).isEqualTo("failed");
        assertThat(page).isSymbolicLink();
        assertThat(folder.resolve("page.html")).isRegularFile().content().endsWith("</html>\n");
    }
}

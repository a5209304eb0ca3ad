package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose disk is full, and what of it can be freed, is told wherever it shows. */
class NoRoomIT {
    private static OwnBuildkitd daemon;
    private static Builder builder;

    @BeforeAll
    static void begin() throws Exception {
        daemon = OwnBuildkitd.onASmallDisk("40m");
        builder = Builder.of(Driver.REMOTE, daemon.definition());
    }

    @AfterAll
    static void end() throws IOException {
        builder.close();
        daemon.close();
    }

    private static Said build(String step, String... arguments) throws Exception {
        return builder.build(builder.context("FROM BASE\n" + step + "\n"), arguments);
    }

    @Test
    void aStepThatFillsTheBuildersDiskIsNotToBlame() throws Exception {
        // what it wrote is removed again, or else BuildKit has no room for what it notes of this
        Said said = build("RUN echo begins; dd if=/dev/zero of=/big bs=1M count=60 || { rm /big; exit 1; }", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(Reported.failure(said)).isEqualTo("disk-full");
        assertThat(said.json().at("/failure/message").asText())
                .startsWith("RUN echo begins; dd ")
                .endsWith("exited with code 1, no space was left on the builder's disk");
        assertThat(said.json().at("/failure/advice").asText()).containsPattern("A prune would free \\d");
        assertThat(said.json().at("/failure/line").asInt()).isEqualTo(2);
        assertThat(Reported.texts(said.json().at("/failure/output")))
                .contains("begins")
                .anySatisfy(line -> assertThat(line).contains("No space left on device"));
    }

    @Test
    void aStepThatFillsItsOwnMemoryIs() throws Exception {
        Said said = build("RUN --mount=type=tmpfs,target=/t,size=1m dd if=/dev/zero of=/t/big bs=1M count=3", "--json");

        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(Reported.failure(said)).isEqualTo("step-failed");
        assertThat(said.json().at("/failure/message").asText())
                .endsWith("no space was left in /t, which it has in memory");
    }

    @Test
    void aResultThatDoesNotFitHereIsNotTheBuildersFault() throws Exception {
        Path small = builder.folder().resolve("small");
        try (SmallDisk disk = SmallDisk.at(small, "1m")) {
            Path result = small.resolve("result.tar");
            Said said = build(
                    "RUN dd if=/dev/urandom of=/big bs=1M count=3", "--json", "--outputs", "type=oci,dest=" + result);

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("output-failed");
            assertThat(said.json().at("/failure/message").asText())
                    .isEqualTo("the result could not be written: write " + result + ": no space left on device");
            assertThat(disk.directory()).isEmptyDirectory();
        }
    }

    /** Nor does it harm what was there. */
    @Test
    void norAreALayoutAndACacheThatDoNotFit() throws Exception {
        Path small = builder.folder().resolve("small");
        try (SmallDisk disk = SmallDisk.at(small, "8m")) {
            Path layout = small.resolve("layout");
            Path caches = small.resolve("caches");
            String[] to = {
                "--json", "--outputs", "type=oci,tar=false,dest=" + layout, "--cache-to", "type=local,dest=" + caches
            };
            build("RUN echo small > /small", to).built();
            Map<String, String> before = WholeFiles.of(disk.directory());

            Said said = build("RUN dd if=/dev/urandom of=/big bs=1M count=9", to);

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("output-failed");
            assertThat(WholeFiles.of(disk.directory())).isEqualTo(before);
        }
    }
}

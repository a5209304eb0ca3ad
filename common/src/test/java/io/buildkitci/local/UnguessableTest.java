package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnguessableTest {
    @TempDir
    Path directory;

    @Test
    void givesOtherBytesEachTime() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = Unguessable.bytes(16);

            assertThat(bytes).hasSize(16);
            assertThat(seen.add(HexFormat.of().formatHex(bytes))).isTrue();
        }
    }

    @Test
    void takesNothingFromAFileThatIsNoDevice() throws IOException {
        Path file = Files.write(directory.resolve("urandom"), new byte[64]);

        assertThat(Unguessable.fromDevice(file, 16)).isEmpty();
    }

    @Test
    void takesNothingWhereThereIsNoDevice() {
        assertThat(Unguessable.fromDevice(directory.resolve("urandom"), 16)).isEmpty();
    }
}

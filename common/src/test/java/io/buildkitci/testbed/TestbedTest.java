package io.buildkitci.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestbedTest {
    @TempDir
    Path root;

    @Test
    void saysWhatToRunWhenThereIsNone() {
        assertThatThrownBy(() -> Testbed.in(root)).hasMessageContaining("run testbed/up");
    }

    @Test
    void saysWhatToRunWhenAPartIsLacking() throws Exception {
        Files.createDirectories(root.resolve("testbed"));
        Files.writeString(root.resolve("testbed/testbed.properties"), "registry=localhost:5555\nbase=\n");

        Testbed testbed = Testbed.in(root);

        assertThat(testbed.registry()).isEqualTo("localhost:5555");
        assertThatThrownBy(testbed::base).hasMessageContaining("lacks base").hasMessageContaining("run testbed/up");
        assertThatThrownBy(testbed::buildx).hasMessageContaining("lacks buildx");
    }
}

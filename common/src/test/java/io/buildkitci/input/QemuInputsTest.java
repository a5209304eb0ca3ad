package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.model.RemoveBuilderRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QemuInputsTest {
    private static Checked<QemuRequest> check(String... namesAndTexts) {
        return QemuInputs.check(raw(namesAndTexts), new FakeOutside().outside());
    }

    private static RawInput raw(String... namesAndTexts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            values.put(namesAndTexts[i], RawValue.of(namesAndTexts[i + 1]));
        }
        return RawInput.of(values);
    }

    @Test
    void nothingGivenMeansAllPlatforms() {
        QemuRequest all = new QemuRequest(List.of(), false, false, "docker.io/tonistiigi/binfmt:latest");

        assertThat(check()).isEqualTo(new Checked.Valid<>(all, List.of()));
        assertThat(check("platforms", "all")).isEqualTo(check());
    }

    @Test
    void readsPlatformsAsPeopleWriteThem() throws Exception {
        assertThat(check(
                        "platforms",
                        "arm64, linux/arm/v7\nriscv64,aarch64",
                        "reset",
                        "true",
                        "install",
                        "true",
                        "image",
                        "r.example/binfmt:1"))
                .isEqualTo(new Checked.Valid<>(
                        new QemuRequest(
                                List.of(Platform.parse("arm64"), Platform.parse("arm/v7"), Platform.parse("riscv64")),
                                true,
                                true,
                                "r.example/binfmt:1"),
                        List.of()));
    }

    @Test
    void reportsEveryProblemAtOnce() {
        Checked<QemuRequest> checked =
                check("platforms", "windows/amd64,vax", "image", "Bad/Image", "cache-image", "no");

        assertThat(((Checked.Invalid<QemuRequest>) checked).problems())
                .map(Problem::input)
                .containsExactlyInAnyOrder("platforms", "platforms", "image", "cache-image");
    }

    @Test
    void aBuilderToRemoveHasAName() {
        assertThat(RemoveBuilderInputs.check(raw("name", "ci"), new FakeOutside().outside()))
                .isEqualTo(new Checked.Valid<>(new RemoveBuilderRequest("ci", false), List.of()));
        assertThat(RemoveBuilderInputs.check(raw(), new FakeOutside().outside()))
                .isEqualTo(new Checked.Invalid<>(
                        List.of(new Problem("name", "", "say which builder is removed")), List.of()));
    }
}

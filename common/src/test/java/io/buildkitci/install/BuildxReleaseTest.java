package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildxReleaseTest {
    @ParameterizedTest
    @CsvSource({"0.36.1,v0.36.1", "v0.36.1,v0.36.1", "' v0.37.0-rc1 ',v0.37.0-rc1"})
    void readsVersions(String text, String version) {
        assertThat(BuildxRelease.parse(text)).contains(new BuildxRelease(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "edge", "0.36", "../v0.36.1", "v0.36.1/..", "v0.36.1-a/b"})
    void takesNothingElseForARelease(String text) {
        assertThat(BuildxRelease.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,buildx-v0.36.1.linux-amd64",
        "Linux,aarch64,buildx-v0.36.1.linux-arm64",
        "Linux,arm,buildx-v0.36.1.linux-arm-v6",
        "Linux,ppc64le,buildx-v0.36.1.linux-ppc64le",
        "Mac OS X,aarch64,buildx-v0.36.1.darwin-arm64",
        "Mac OS X,x86_64,buildx-v0.36.1.darwin-amd64",
        "Windows Server 2022,amd64,buildx-v0.36.1.windows-amd64.exe",
        "Windows 11,aarch64,buildx-v0.36.1.windows-arm64.exe",
    })
    void namesTheFileOfAMachineAndKnowsItsChecksum(String os, String architecture, String file) {
        assertThat(BuildxRelease.DEFAULT.file(os, architecture)).contains(file);
        assertThat(BuildxRelease.knownChecksum(file))
                .hasValueSatisfying(sum -> assertThat(sum).matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @CsvSource({"Linux,mips", "SunOS,amd64", "AIX,ppc64"})
    void hasNoFileForOtherMachines(String os, String architecture) {
        assertThat(BuildxRelease.DEFAULT.file(os, architecture)).isEmpty();
    }

    @Test
    void aMirrorStandsForTheProjectsOwnPlace() {
        assertThat(BuildxRelease.DEFAULT.address("https://mirror.example/buildx//", "f"))
                .hasToString("https://mirror.example/buildx/v0.36.1/f");
    }

    @Test
    void readsWhatSha256sumWrites() {
        String sum = "a".repeat(64);
        String other = "B".repeat(64);
        Checksums sums = Checksums.parse(sum + "  one\r\n# comment\n" + other + " *./two\nshort three\n");

        assertThat(sums.of("one")).contains(sum);
        assertThat(sums.of("two")).contains(other.toLowerCase(java.util.Locale.ROOT));
        assertThat(sums.of("three")).isEmpty();
    }

    @Test
    void oneFileWithTwoChecksumsHasNone() {
        assertThat(Checksums.parse("a".repeat(64) + "  f\n" + "b".repeat(64) + "  f\n" + "a".repeat(64) + "  f\n")
                        .of("f"))
                .isEqualTo(Optional.empty());
    }
}

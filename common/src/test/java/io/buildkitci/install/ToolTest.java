package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Platform;
import io.buildkitci.qemu.HostPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolTest {
    @ParameterizedTest
    @CsvSource({
        "BUILDX,    Linux,               amd64,   buildx-v0.36.1.linux-amd64",
        "BUILDX,    Linux,               aarch64, buildx-v0.36.1.linux-arm64",
        "BUILDX,    Linux,               arm,     buildx-v0.36.1.linux-arm-v6",
        "BUILDX,    Linux,               ppc64le, buildx-v0.36.1.linux-ppc64le",
        "BUILDX,    Linux,               s390x,   buildx-v0.36.1.linux-s390x",
        "BUILDX,    Linux,               riscv64, buildx-v0.36.1.linux-riscv64",
        "BUILDX,    Mac OS X,            aarch64, buildx-v0.36.1.darwin-arm64",
        "BUILDX,    Mac OS X,            x86_64,  buildx-v0.36.1.darwin-amd64",
        "BUILDX,    Windows Server 2022, amd64,   buildx-v0.36.1.windows-amd64.exe",
        "BUILDX,    Windows 11,          aarch64, buildx-v0.36.1.windows-arm64.exe",
        "BUILDKIT,  Linux,               amd64,   buildkit-v0.32.2.linux-amd64.tar.gz",
        "BUILDKIT,  Linux,               aarch64, buildkit-v0.32.2.linux-arm64.tar.gz",
        "EMULATORS, Linux,               amd64,   qemu_v10.2.3_linux-amd64.tar.gz",
    })
    void namesTheFileOfAMachineAndKnowsItsChecksum(Tool tool, String os, String architecture, String file) {
        assertThat(tool.tested().file(HostPlatform.from(os, architecture))).contains(file);
        assertThat(Release.pinned(file))
                .hasValueSatisfying(sum -> assertThat(sum).matches("[0-9a-f]{64}"));
    }

    /** These have a file, and who gets it has to look at what its project says of it. */
    @ParameterizedTest
    @CsvSource({
        "BUILDX,    FreeBSD, amd64,   buildx-v0.36.1.freebsd-amd64",
        "BUILDKIT,  Linux,   arm,     buildkit-v0.32.2.linux-arm-v7.tar.gz",
        "BUILDKIT,  Windows, amd64,   buildkit-v0.32.2.windows-amd64.tar.gz",
        "EMULATORS, Linux,   aarch64, qemu_v10.2.3_linux-arm64.tar.gz",
    })
    void namesTheFileOfOtherMachinesToo(Tool tool, String os, String architecture, String file) {
        assertThat(tool.tested().file(HostPlatform.from(os, architecture))).contains(file);
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDX,Linux,mips64el",
        "BUILDX,SunOS,amd64",
        "BUILDKIT,AIX,ppc64",
        "EMULATORS,Mac OS X,aarch64",
        "EMULATORS,Windows 11,amd64"
    })
    void hasNoFileForOtherMachines(Tool tool, String os, String architecture) {
        assertThat(tool.tested().file(HostPlatform.from(os, architecture))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDX,    v0.36.1,           v0.36.1",
        "BUILDX,    v0.37.0-rc1,       v0.37.0-rc1",
        "BUILDKIT,  v0.32.2,           v0.32.2",
        "EMULATORS, deploy/v10.2.3-68, v10.2.3-68",
    })
    void aTagStandsForAVersion(Tool tool, String tag, String version) {
        assertThat(tool.version(tag)).contains(version);
        assertThat(tool.tag(version)).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({"BUILDKIT,dockerfile/1.7.0", "BUILDKIT,v0.32", "EMULATORS,buildkit/v10.2.3-68", "BUILDX,../v0.36.1"})
    void tagsOfOtherThingsAreNoVersions(Tool tool, String tag) {
        assertThat(tool.version(tag)).isEmpty();
    }

    @Test
    void aMirrorStandsForGitHub() {
        assertThat(Source.mirror("https://mirror.example/github//").file(Tool.EMULATORS.tested(), "f"))
                .hasToString("https://mirror.example/github/tonistiigi/binfmt/releases/download/deploy/v10.2.3-68/f");
    }

    @Test
    void everyPinnedChecksumIsOfAFileThatThereIs() {
        assertThat(PinnedChecksums.ALL.byFile())
                .hasSizeGreaterThan(150)
                .allSatisfy((file, sum) -> assertThat(file)
                        .matches("(buildx-v[\\d.]+\\.\\w+-[\\w-]+(\\.exe)?|buildkit-v[\\d.]+\\.linux-\\w+\\.tar\\.gz"
                                + "|qemu_v[\\d.]+_linux-\\w+\\.tar\\.gz)"));
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
        String lines = "a".repeat(64) + "  f\n" + "b".repeat(64) + "  f\n" + "a".repeat(64) + "  f\n";

        assertThat(Checksums.parse(lines).of("f")).isEmpty();
    }

    @Test
    void aProgramOfEveryArchiveIsNamed() {
        Platform linux = new Platform("linux", "amd64", "");

        assertThat(Tool.BUILDKIT.programs(linux)).containsExactly("bin/buildkitd", "bin/buildctl", "bin/buildkit-runc");
        assertThat(Tool.BUILDKIT.programs(new Platform("darwin", "arm64", ""))).containsExactly("bin/buildctl");
        assertThat(Tool.BUILDX.programs(new Platform("windows", "amd64", ""))).containsExactly("docker-buildx.exe");
    }
}

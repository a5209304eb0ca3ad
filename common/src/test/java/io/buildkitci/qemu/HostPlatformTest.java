package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux/amd64",
        "Linux, x86_64, linux/amd64",
        "Linux, aarch64, linux/arm64",
        "Linux, arm, linux/arm/v7",
        "Linux, armv6l, linux/arm/v6",
        "Linux, loongarch64, linux/loong64",
        "Linux, mips64el, linux/mips64le",
        "Linux, s390x, linux/s390x",
        "Mac OS X, aarch64, darwin/arm64",
        "Windows 11, amd64, windows/amd64",
        "FreeBSD, x86, freebsd/386"
    })
    void namesTheHostAsPlatformsDo(String os, String architecture, String expected) {
        assertThat(HostPlatform.from(os, architecture).render()).isEqualTo(expected);
    }
}

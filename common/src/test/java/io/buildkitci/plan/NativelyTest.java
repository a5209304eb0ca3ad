package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.plan.Capabilities.NodeFacts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativelyTest {
    private static final String X86 = "linux/amd64 linux/amd64/v2 linux/386 linux/arm64 linux/arm/v7 linux/riscv64";
    private static final String ARM = "linux/arm64 linux/arm/v7 linux/arm/v6 linux/amd64";

    @ParameterizedTest
    @CsvSource({
        "x86, linux/amd64, NATIVE",
        "x86, linux/amd64/v2, NATIVE",
        "x86, linux/386, NATIVE",
        "x86, linux/arm64, EMULATED",
        "x86, linux/arm/v7, EMULATED",
        "x86, linux/arm/v6, ABSENT",
        "x86, linux/s390x, ABSENT",
        "x86, windows/amd64, ABSENT",
        "arm, linux/arm64, NATIVE",
        "arm, linux/arm/v7, EMULATED",
        "arm, linux/amd64, EMULATED",
        "arm, linux/386, ABSENT",
        "x86 arm, linux/arm64, NATIVE",
        "arm x86, linux/386, NATIVE",
        "x86 arm, linux/arm/v6, EMULATED",
        "windows, windows/amd64, NATIVE",
        "windows, linux/amd64, ABSENT",
        "windows x86, linux/amd64, NATIVE",
        "silent, linux/amd64, UNKNOWN",
        "silent x86, linux/arm64, EMULATED",
        "silent x86, linux/s390x, ABSENT",
        "'', linux/amd64, UNKNOWN"
    })
    void tellsHowABuilderRunsAPlatform(String nodes, String platform, Natively how) {
        List<NodeFacts> facts = Arrays.stream(nodes.split(" "))
                .filter(name -> !name.isEmpty())
                .map(NativelyTest::node)
                .toList();

        assertThat(Natively.of(Machines.platform(platform), facts)).isEqualTo(how);
    }

    private static NodeFacts node(String name) {
        return Machines.node(
                switch (name) {
                    case "x86" -> X86;
                    case "arm" -> ARM;
                    case "windows" -> "windows/amd64";
                    case "silent" -> "";
                    default -> throw new IllegalArgumentException(name);
                });
    }
}

package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BuildctlLimitsTest {
    static Stream<Arguments> buildxAlone() {
        return Stream.of(
                Arguments.of("load", "true", "docker load --input"),
                Arguments.of("outputs", "type=docker", "docker load --input"),
                Arguments.of("call", "check", "--client buildx"),
                Arguments.of("file", "https://r.example/Dockerfile", "give a path"),
                Arguments.of("build-contexts", "old=oci-layout://cache/in", "@sha256:"),
                Arguments.of("annotations", "org.example.Title=x", "lower case"),
                Arguments.of("allow", "buildx.local.delete", "drop it"));
    }

    @ParameterizedTest
    @MethodSource("buildxAlone")
    void whatOnlyBuildxDoesIsRefusedWithAWayOut(String input, String text, String way) {
        Asked asked = Asked.of(input, text);

        assertThat(asked.planned(Machines.daemon())).isInstanceOfSatisfying(Planned.Refused.class, refused -> {
            assertThat(refused.obstacles()).extracting(Planned.Obstacle::input).containsExactly(input);
            assertThat(refused.obstacles().get(0).remedy()).contains(way);
        });
        assertThat(asked.planned(Machines.container())).isInstanceOf(Planned.Ready.class);
    }

    @Test
    void everythingIsToldAtOnce() {
        Planned planned = Asked.of(
                        "call",
                        "targets",
                        "file",
                        "https://r.example/Dockerfile",
                        "allow",
                        "buildx.local.delete",
                        "add-hosts",
                        "a=host-gateway")
                .planned(Machines.daemon());

        assertThat(((Planned.Refused) planned).obstacles())
                .extracting(Planned.Obstacle::input)
                .isEqualTo(List.of("add-hosts", "file", "allow"));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void readsSizesAsDockerDoes(String text, long bytes) {
        assertThat(ByteSize.of(text)).isEqualTo(bytes);
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("64", 64L),
                Arguments.of("64b", 64L),
                Arguments.of("2k", 2048L),
                Arguments.of("1.5 MB", 1572864L),
                Arguments.of("1GiB", 1L << 30),
                Arguments.of("1t", 1L << 40));
    }
}

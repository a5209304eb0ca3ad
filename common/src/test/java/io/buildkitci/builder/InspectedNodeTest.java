package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectedNodeTest {
    @ParameterizedTest
    @CsvSource({
        "'', linux/amd64 linux/386 linux/arm64, linux/amd64 linux/386 linux/arm64",
        "linux/arm64, linux/amd64 linux/386, linux/amd64 linux/386 linux/arm64",
        "linux/amd64, linux/386 linux/arm64, linux/amd64 linux/386 linux/arm64",
        "linux/386, linux/amd64 linux/arm64, linux/amd64 linux/386 linux/arm64",
        "linux/arm/v7, linux/arm64 linux/amd64, linux/arm64 linux/arm/v7 linux/amd64",
        "linux/riscv64 linux/arm64, linux/arm/v7 linux/amd64, linux/arm64 linux/arm/v7 linux/riscv64 linux/amd64",
        "linux/arm64, '', linux/arm64"
    })
    void theFactsNameItsOwnPlatformFirst(String fixed, String detected, String facts) {
        InspectedNode node = new InspectedNode(
                "n0",
                "unix:///x",
                "running",
                Optional.empty(),
                Map.of(),
                "",
                Optional.empty(),
                words(fixed),
                words(detected),
                Map.of(),
                Map.of());

        assertThat(node.facts().platforms().stream().map(Platform::render).collect(Collectors.joining(" ")))
                .isEqualTo(facts);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }
}

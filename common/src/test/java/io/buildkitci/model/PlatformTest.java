package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    private static final List<String> ALL = List.of(
            "linux/386",
            "linux/amd64",
            "linux/amd64/v2",
            "linux/amd64/v3",
            "linux/amd64/v4",
            "linux/arm/v5",
            "linux/arm/v6",
            "linux/arm/v7",
            "linux/arm64",
            "linux/riscv64",
            "linux/ppc64le",
            "linux/s390x",
            "linux/mips64le",
            "linux/loong64",
            "windows/amd64");

    @ParameterizedTest
    @CsvSource({
        "amd64, linux/amd64",
        "linux/x86_64, linux/amd64",
        "x86-64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "arm64/8, linux/arm64",
        "arm, linux/arm/v7",
        "linux/arm, linux/arm/v7",
        "armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "arm/6, linux/arm/v6",
        "arm/v5, linux/arm/v5",
        "386, linux/386",
        "i386, linux/386",
        "i686, linux/386",
        "LINUX/AMD64, linux/amd64",
        "' linux/s390x ', linux/s390x",
    })
    void normalisesOtherNamesOfAPlatform(String text, String rendered) throws InvalidValue {
        assertThat(Platform.parse(text).render()).isEqualTo(rendered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "linux",
                "linux/",
                "linux//amd64",
                "linux/sparc",
                "plan9/amd64",
                "windows/arm64",
                "windows",
                "linux/amd64/v9",
                "linux/arm/v8",
                "linux/arm64/v9",
                "linux/386/sse2",
                "armhf/v6",
                "linux/arm/v7/extra",
                "amd64,arm64"
            })
    void refusesWhatCannotBeBuilt(String text) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Platform.parse(text))
                .satisfies(e -> assertThat(e.given()).isEqualTo(text));
    }

    @Test
    void namesTheVariantsThatThereAre() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Platform.parse("linux/arm/v8"))
                .satisfies(e -> assertThat(e.reason()).contains("v5, v6, v7"));
    }

    @Test
    void rendersWhatItParses() throws InvalidValue {
        Random random = new Random(20261123);
        for (int i = 0; i < 500; i++) {
            String text = ALL.get(random.nextInt(ALL.size()));
            StringBuilder mixed = new StringBuilder();
            text.chars()
                    .map(c -> random.nextBoolean() ? Character.toUpperCase(c) : c)
                    .forEach(c -> mixed.append((char) c));

            Platform platform = Platform.parse(mixed.toString());

            assertThat(platform.render()).isEqualTo(text);
            assertThat(Platform.parse(platform.render())).isEqualTo(platform);
        }
    }
}

package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final String ANY =
            "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff";
    private static final String NINE = "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00";
    private static final String LITTLE_64 = "\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01" + NINE + "\\x02\\x00";
    private static final String LITTLE_32 = "\\x7f\\x45\\x4c\\x46\\x01\\x01\\x01" + NINE + "\\x02\\x00";
    private static final String BIG_64 = "\\x7f\\x45\\x4c\\x46\\x02\\x02\\x01" + NINE + "\\x00\\x02";
    private static final String USUAL = ANY + "\\xfe\\xff\\xff\\xff";

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments(Emulator.ARM64, "qemu-aarch64", LITTLE_64 + "\\xb7\\x00", USUAL),
                arguments(Emulator.ARM, "qemu-arm", LITTLE_32 + "\\x28\\x00", USUAL),
                arguments(Emulator.RISCV64, "qemu-riscv64", LITTLE_64 + "\\xf3\\x00", USUAL),
                arguments(Emulator.PPC64LE, "qemu-ppc64le", LITTLE_64 + "\\x15\\x00", ANY + "\\xfe\\xff\\xff\\x00"),
                arguments(Emulator.S390X, "qemu-s390x", BIG_64 + "\\x00\\x16", ANY + "\\xff\\xfe\\xff\\xff"),
                arguments(
                        Emulator.MIPS64LE,
                        "qemu-mips64el",
                        LITTLE_64 + "\\x08\\x00",
                        "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff"),
                arguments(
                        Emulator.LOONG64,
                        "qemu-loongarch64",
                        LITTLE_64 + "\\x02\\x01",
                        "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff"),
                arguments(Emulator.AMD64, "qemu-x86_64", LITTLE_64 + "\\x3e\\x00", USUAL),
                arguments(Emulator.I386, "qemu-i386", LITTLE_32 + "\\x03\\x00", USUAL));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void rendersTheKernelsLineExactly(Emulator emulator, String name, String magic, String mask) {
        assertThat(new Registration(emulator, Path.of("/usr/bin/" + name)).render())
                .isEqualTo(":" + name + ":M:0:" + magic + ":" + mask + ":/usr/bin/" + name + ":POCF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:b/qemu", "/a\nb/qemu"})
    void refusesAPathThatWouldChangeTheLine(String path) {
        assertThatThrownBy(() -> new Registration(Emulator.ARM, Path.of(path)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Registration(Emulator.ARM, Path.of("/" + "x".repeat(200))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

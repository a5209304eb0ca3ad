package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinfmtEntryTest {
    /** As a kernel 6.18 showed it for a riscv64 emulator of QEMU 11.1. */
    private static final String RECORDED = """
            enabled
            interpreter /usr/bin/qemu-riscv64
            flags: POCF
            offset 0
            magic 7f454c460201010000000000000000000200f300
            mask ffffffffffffff00fffffffffffffffffeffffff
            """;

    @Test
    void readsWhatTheKernelShows() {
        assertThat(BinfmtEntry.parse("qemu-riscv64", RECORDED))
                .contains(new BinfmtEntry(
                        "qemu-riscv64",
                        true,
                        "/usr/bin/qemu-riscv64",
                        "POCF",
                        0,
                        "7f454c460201010000000000000000000200f300",
                        "ffffffffffffff00fffffffffffffffffeffffff"));
    }

    @ParameterizedTest
    @EnumSource(Emulator.class)
    void isForOneArchitectureOnly(Emulator emulator) {
        BinfmtEntry entry = entryOf(emulator, emulator.magic());

        assertThat(Arrays.stream(Emulator.values()).filter(entry::recognises)).containsExactly(emulator);
    }

    /** Magic and mask that Debian 14 ships in /usr/share/qemu/binfmt.d, with its own ideas about the ABI bytes. */
    static Stream<Arguments> debian() {
        return Stream.of(
                arguments(
                        Emulator.LOONG64,
                        "7f454c4602010100000000000000000002000201",
                        "fffffffffffffffc00fffffffffffffffeffffff"),
                arguments(
                        Emulator.I386,
                        "7f454c4601010100000000000000000002000300",
                        "fffffffffffefefcfffffffffffffffffeffffff"),
                arguments(
                        Emulator.AMD64,
                        "7f454c4602010100000000000000000002003e00",
                        "fffffffffffefefcfffffffffffffffffeffffff"),
                arguments(
                        Emulator.MIPS64LE,
                        "7f454c4602010100000000000000000002000800",
                        "ffffffffffffff0000fffffffffffffffeffffff"),
                arguments(
                        Emulator.PPC64LE,
                        "7f454c4602010100000000000000000002001500",
                        "fffffffffffffffcfffffffffffffffffeffff00"));
    }

    @ParameterizedTest
    @MethodSource("debian")
    void recognisesTheArchitectureOfADistributionsEntry(Emulator emulator, String magic, String mask) {
        BinfmtEntry entry = new BinfmtEntry("any", true, "/usr/bin/x", "OPF", 0, magic, mask);

        assertThat(Arrays.stream(Emulator.values()).filter(entry::recognises)).containsExactly(emulator);
    }

    @Test
    void takesPositionIndependentProgramsToo() {
        byte[] sharedObject = Emulator.ARM64.magic();
        sharedObject[16] = 3;
        BinfmtEntry entry = entryOf(Emulator.ARM64, sharedObject);

        assertThat(entry.recognises(Emulator.ARM64)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled\ninterpreter /usr/bin/wine\nflags: \nextension .exe\n",
                "enabled\ninterpreter /usr/bin/cli\nflags: \noffset 0\nmagic 4d5a\n",
                "enabled\ninterpreter /x\nflags: F\noffset 500\nmagic 7f454c46\n",
                "enabled\ninterpreter /x\nflags: F\noffset 0\nmagic "
                        + "7f454c460201010000000000000000000200b70000000000000000000000000000000000000000000000000000000000"
                        + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                        + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\n"
            })
    void recognisesNothingInEntriesOfOtherKinds(String text) {
        assertThat(BinfmtEntry.parse("other", text))
                .hasValueSatisfying(
                        entry -> assertThat(Arrays.stream(Emulator.values()).filter(entry::recognises))
                                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "enabled\n",
                "disabled\n",
                "interpreter /x\nmagic 00\n",
                "enabled\ndisabled\ninterpreter /x\n",
                "enabled\ninterpreter /x\nmagic 0\n",
                "enabled\ninterpreter /x\nmagic zz\n",
                "enabled\ninterpreter /x\noffset -1\nmagic 00\n",
                "enabled\ninterpreter /x\noffset 99999999999\nmagic 00\n"
            })
    void isEmptyForWhatIsNoEntry(String text) {
        assertThat(BinfmtEntry.parse("x", text)).isEmpty();
    }

    static Stream<BinfmtEntry> entries() {
        Random random = new Random(20261123);
        return IntStream.range(0, 200).mapToObj(i -> {
            byte[] magic = new byte[1 + random.nextInt(40)];
            byte[] mask = new byte[magic.length];
            random.nextBytes(magic);
            random.nextBytes(mask);
            return new BinfmtEntry(
                    "entry" + i,
                    random.nextBoolean(),
                    "/opt/with space/" + random.nextInt(),
                    "POCF".substring(random.nextInt(5)),
                    random.nextInt(128),
                    HexFormat.of().formatHex(magic),
                    random.nextBoolean() ? HexFormat.of().formatHex(mask) : "");
        });
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsBackAnyEntryInTheKernelsFormat(BinfmtEntry entry) {
        String text = (entry.enabled() ? "enabled\n" : "disabled\n") + "interpreter " + entry.interpreter()
                + "\nflags: " + entry.flags() + "\noffset " + entry.offset() + "\nmagic " + entry.magic() + "\n"
                + (entry.mask().isEmpty() ? "" : "mask " + entry.mask() + "\n");

        assertThat(BinfmtEntry.parse(entry.name(), text)).contains(entry);
    }

    private static BinfmtEntry entryOf(Emulator emulator, byte[] magic) {
        HexFormat hex = HexFormat.of();
        return new BinfmtEntry("any", true, "/q", "F", 0, hex.formatHex(magic), hex.formatHex(emulator.mask()));
    }
}

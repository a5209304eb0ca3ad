package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.model.Platform;
import io.buildkitci.qemu.Decision.AlreadyEmulated;
import io.buildkitci.qemu.Decision.Missing;
import io.buildkitci.qemu.Decision.Native;
import io.buildkitci.qemu.Decision.ToRegister;
import io.buildkitci.qemu.Decision.Wrong;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SituationTest {
    private static final Verdict RUNS = new Verdict.Runs();
    private static final Verdict FAILS = new Verdict.Fails("Exec format error");
    private static final Verdict UNKNOWN = new Verdict.Unknown("noexec");
    private static final Path QEMU = Path.of("/usr/bin/qemu-static");
    private static final Registration ARM64 = new Registration(Emulator.ARM64, QEMU);

    private static BinfmtEntry entry(String name, boolean enabled, String flags) {
        HexFormat hex = HexFormat.of();
        return new BinfmtEntry(
                name,
                enabled,
                "/there/" + name,
                flags,
                0,
                hex.formatHex(Emulator.ARM64.magic()),
                hex.formatHex(Emulator.ARM64.mask()));
    }

    private static KernelState kernel(BinfmtEntry... entries) {
        return new KernelState(true, true, List.of(entries));
    }

    static Stream<Arguments> arm64() {
        BinfmtEntry good = entry("qemu-aarch64", true, "POCF");
        BinfmtEntry foreignName = entry("rosetta", true, "CF");
        BinfmtEntry withoutF = entry("qemu-aarch64", true, "POC");
        BinfmtEntry disabled = entry("qemu-aarch64", false, "POCF");
        BinfmtEntry oldName = entry("arm64-old", true, "OC");
        return Stream.of(
                arguments(kernel(), FAILS, new ToRegister(ARM64)),
                arguments(kernel(good), RUNS, new AlreadyEmulated("/there/qemu-aarch64", Optional.empty())),
                arguments(kernel(foreignName), RUNS, new AlreadyEmulated("/there/rosetta", Optional.empty())),
                arguments(kernel(withoutF, foreignName), RUNS, new AlreadyEmulated("/there/rosetta", Optional.empty())),
                arguments(kernel(good), UNKNOWN, new AlreadyEmulated("/there/qemu-aarch64", Optional.of("noexec"))),
                arguments(
                        kernel(good),
                        FAILS,
                        new Wrong("entry qemu-aarch64 does not work: Exec format error", Optional.of(good), ARM64)),
                arguments(
                        kernel(withoutF),
                        RUNS,
                        new Wrong(
                                "entry qemu-aarch64 has no flag F and therefore does not work in containers",
                                Optional.of(withoutF),
                                ARM64)),
                arguments(
                        kernel(disabled),
                        FAILS,
                        new Wrong("entry qemu-aarch64 is disabled", Optional.of(disabled), ARM64)),
                arguments(
                        kernel(oldName),
                        FAILS,
                        new Wrong(
                                "entry arm64-old has no flag F and therefore does not work in containers",
                                Optional.empty(),
                                ARM64)),
                arguments(
                        new KernelState(true, false, List.of(good)),
                        FAILS,
                        new Missing(Cause.SWITCHED_OFF, "binfmt_misc is switched off on this machine")),
                arguments(
                        KernelState.UNSEEN,
                        RUNS,
                        new AlreadyEmulated("an emulator that cannot be seen from here", Optional.empty())),
                arguments(KernelState.UNSEEN, FAILS, new ToRegister(ARM64)));
    }

    @ParameterizedTest
    @MethodSource("arm64")
    void decidesFromTheEntriesAndFromWhatReallyRuns(KernelState kernel, Verdict verdict, Decision expected) {
        Situation situation =
                new Situation("amd64", kernel, Map.of(Emulator.ARM64, QEMU), Map.of(Emulator.ARM64, verdict));

        assertThat(situation.decide(new Platform("linux", "arm64", ""))).isEqualTo(expected);
    }

    @Test
    void namesWhatItLookedForWhenThereIsNoInterpreter() {
        Situation bare = new Situation("amd64", kernel(), Map.of(), Map.of());
        Situation disabled = new Situation("amd64", kernel(entry("qemu-aarch64", false, "F")), Map.of(), Map.of());

        assertThat(bare.decide(Emulator.ARM64))
                .isEqualTo(
                        new Missing(Cause.NO_INTERPRETER, "no qemu-aarch64-static or qemu-aarch64 is on this machine"));
        assertThat(disabled.decide(Emulator.ARM64))
                .isEqualTo(
                        new Missing(
                                Cause.NO_INTERPRETER,
                                "entry qemu-aarch64 is disabled, and no qemu-aarch64-static or qemu-aarch64 is on this machine"));
    }

    static Stream<Arguments> natives() {
        return Stream.of(
                arguments("amd64", "linux/amd64", UNKNOWN, true),
                arguments("amd64", "linux/amd64/v3", UNKNOWN, true),
                arguments("amd64", "linux/386", RUNS, true),
                arguments("amd64", "linux/386", UNKNOWN, true),
                arguments("amd64", "linux/386", FAILS, false),
                arguments("arm64", "linux/arm/v7", RUNS, true),
                arguments("arm64", "linux/arm/v7", UNKNOWN, false),
                arguments("arm64", "linux/arm/v6", FAILS, false),
                arguments("arm64", "linux/amd64", UNKNOWN, false),
                arguments("amd64", "linux/arm64", FAILS, false));
    }

    @ParameterizedTest
    @MethodSource("natives")
    void knowsWhatTheCpuRuns(String host, String platform, Verdict verdict, boolean isNative) throws Exception {
        Platform asked = Platform.parse(platform);
        Situation situation = new Situation(
                host, kernel(), Map.of(), Map.of(Emulator.of(asked).orElseThrow(), verdict));

        assertThat(situation.decide(asked) instanceof Native).isEqualTo(isNative);
    }

    @Test
    void hasNoEmulatorForWindows() throws Exception {
        Situation situation = new Situation("amd64", kernel(), Map.of(), Map.of());

        assertThat(situation.decide(Platform.parse("windows/amd64")))
                .isEqualTo(new Missing(Cause.NOT_EMULATABLE, "there is no emulator for windows/amd64"));
    }
}

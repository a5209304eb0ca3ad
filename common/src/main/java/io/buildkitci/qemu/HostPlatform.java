package io.buildkitci.qemu;

import io.buildkitci.model.Platform;
import java.util.Locale;
import java.util.Map;

/** The machine that we run on, as platforms name it. */
public final class HostPlatform {
    private static final Map<String, String> ARCHITECTURES = Map.of(
            "x86_64", "amd64",
            "aarch64", "arm64",
            "x86", "386",
            "i386", "386",
            "i686", "386",
            "mips64el", "mips64le",
            "loongarch64", "loong64");

    private HostPlatform() {}

    /**
     * From what Java or {@code uname} calls them; a name that is not known is kept.
     *
     * @param os {@code Linux}, {@code Mac OS X}, {@code Windows 11}
     * @param architecture {@code amd64}, {@code x86_64}, {@code aarch64}
     */
    public static Platform from(String os, String architecture) {
        String system = os.toLowerCase(Locale.ROOT);
        String cpu = architecture.toLowerCase(Locale.ROOT);
        boolean arm32 = cpu.equals("arm") || cpu.startsWith("armv");
        return new Platform(
                system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system,
                arm32 ? "arm" : ARCHITECTURES.getOrDefault(cpu, cpu),
                cpu.startsWith("armv") ? cpu.substring(3, Math.min(cpu.length(), 5)) : arm32 ? "v7" : "");
    }
}

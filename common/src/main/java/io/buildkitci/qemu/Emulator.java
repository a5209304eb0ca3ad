package io.buildkitci.qemu;

import io.buildkitci.model.Platform;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An architecture that QEMU emulates for single programs, and how the kernel recognises its binaries. */
public enum Emulator {
    AMD64("amd64", "x86_64", 64, 62),
    I386("386", "i386", 32, 3),
    ARM64("arm64", "aarch64", 64, 183),
    ARM("arm", "arm", 32, 40),
    RISCV64("riscv64", "riscv64", 64, 243),
    PPC64LE("ppc64le", "ppc64le", 64, 21),
    S390X("s390x", "s390x", 64, 22),
    MIPS64LE("mips64le", "mips64el", 64, 8),
    LOONG64("loong64", "loongarch64", 64, 258);

    /** How many bytes of a file the kernel compares: an ELF header up to and including its machine. */
    static final int HEADER = 20;

    private static final int OS_ABI = 7;
    private static final int ABI_VERSION = 8;
    private static final int TYPE = 16;

    private final String architecture;
    private final String qemu;
    private final int bits;
    private final int machine;

    Emulator(String architecture, String qemu, int bits, int machine) {
        this.architecture = architecture;
        this.qemu = qemu;
        this.bits = bits;
        this.machine = machine;
    }

    /** The one for a platform; empty for what QEMU cannot emulate, such as Windows. */
    public static Optional<Emulator> of(Platform platform) {
        return Arrays.stream(values()).filter(e -> e.covers(platform)).findFirst();
    }

    /** Every platform that there is an emulator for. */
    public static List<Platform> allPlatforms() {
        return Arrays.stream(values()).flatMap(e -> e.platforms().stream()).toList();
    }

    /** As platforms name it: {@code arm64}. */
    public String architecture() {
        return architecture;
    }

    /** As the kernel's entry is named by QEMU, the distributions and the binfmt image: {@code qemu-aarch64}. */
    public String entry() {
        return "qemu-" + qemu;
    }

    /** Names of its binary, the one that is certainly static first. */
    public List<String> interpreterNames() {
        return List.of(entry() + "-static", entry());
    }

    public boolean covers(Platform platform) {
        return platform.os().equals("linux") && platform.architecture().equals(architecture);
    }

    public List<Platform> platforms() {
        Stream<String> variants = this == ARM ? Stream.of("v7", "v6", "v5") : Stream.of("");
        return variants.map(v -> new Platform("linux", architecture, v)).toList();
    }

    /** Whether CPUs of a host can run it without emulation; not all do. */
    boolean canBeNativeOn(String hostArchitecture) {
        return (this == I386 && hostArchitecture.equals("amd64")) || (this == ARM && hostArchitecture.equals("arm64"));
    }

    int bits() {
        return bits;
    }

    int machine() {
        return machine;
    }

    ByteOrder order() {
        return this == S390X ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** The start of an executable file of this architecture. */
    byte[] magic() {
        return Arrays.copyOf(ProbeBinary.of(this), HEADER);
    }

    /** Which bits of {@link #magic} count: any OS ABI, executables and shared objects (type 2 and 3) alike. */
    byte[] mask() {
        byte[] mask = new byte[HEADER];
        Arrays.fill(mask, (byte) 0xff);
        mask[OS_ABI] = 0;
        mask[order() == ByteOrder.BIG_ENDIAN ? TYPE + 1 : TYPE] = (byte) 0xfe;
        switch (this) {
            case PPC64LE -> mask[HEADER - 1] = 0;
            case MIPS64LE, LOONG64 -> mask[ABI_VERSION] = 0;
            default -> {}
        }
        return mask;
    }
}

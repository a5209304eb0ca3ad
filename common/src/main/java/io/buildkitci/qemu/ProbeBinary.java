package io.buildkitci.qemu;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The smallest static Linux program of an architecture: ends with status 41 + argc.
 *
 * <p>Called without arguments it ends with {@value #RUNS}. {@value #ARGV_LOST} tells that kernel and interpreter
 * disagree about the flag {@code P}, so that programs that look at their own name (busybox) would fail.
 */
final class ProbeBinary {
    static final int RUNS = 42;
    static final int ARGV_LOST = 43;

    private static final long LOAD_AT = 0x10000;
    private static final int PAGE = 0x10000;

    private ProbeBinary() {}

    /** The file's content. */
    static byte[] of(Emulator emulator) {
        byte[] code = HexFormat.of().parseHex(code(emulator).replace(" ", ""));
        return emulator.bits() == 64 ? elf64(emulator, code) : elf32(emulator, code);
    }

    /** Load argc from the stack, add 41, call exit; in the order of bytes in memory. */
    private static String code(Emulator emulator) {
        return switch (emulator) {
            case AMD64 -> "488b3c24 83c729 b83c000000 0f05";
            case I386 -> "8b1c24 83c329 b801000000 cd80";
            case ARM64 -> "e00340f9 00a40091 a80b80d2 010000d4";
            case ARM -> "00009de5 290080e2 0170a0e3 000000ef";
            case RISCV64 -> "03350100 13059502 9308d005 73000000";
            case PPC64LE -> "000061e8 29006338 01000038 02000044";
            case S390X -> "e320f0000004 a72b0029 0a01";
            case MIPS64LE -> "0000a4df 29008464 c2130224 0c000000";
            case LOONG64 -> "6400c028 84a4c002 0b748102 00002b00";
        };
    }

    /** What the ABI wants in the header's flags: EABI 5, ELFv2, MIPS64 R1, LP64D. */
    private static int flags(Emulator emulator) {
        return switch (emulator) {
            case ARM -> 0x05000200;
            case PPC64LE -> 2;
            case MIPS64LE -> 0x60000000;
            case LOONG64 -> 0x43;
            default -> 0;
        };
    }

    private static ByteBuffer ident(Emulator emulator, int size) {
        return ByteBuffer.allocate(size)
                .put(new byte[] {0x7f, 'E', 'L', 'F'})
                .put((byte) (emulator.bits() == 64 ? 2 : 1))
                .put((byte) (emulator.order() == java.nio.ByteOrder.BIG_ENDIAN ? 2 : 1))
                .put((byte) 1)
                .position(16)
                .order(emulator.order())
                .putShort((short) 2)
                .putShort((short) emulator.machine())
                .putInt(1);
    }

    private static byte[] elf64(Emulator emulator, byte[] code) {
        int header = 64;
        int segment = 56;
        int size = header + segment + code.length;
        return ident(emulator, size)
                .putLong(LOAD_AT + header + segment)
                .putLong(header)
                .putLong(0)
                .putInt(flags(emulator))
                .putShort((short) header)
                .putShort((short) segment)
                .putShort((short) 1)
                .putShort((short) 64)
                .putInt(0)
                .putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(LOAD_AT)
                .putLong(LOAD_AT)
                .putLong(size)
                .putLong(size)
                .putLong(PAGE)
                .put(code)
                .array();
    }

    private static byte[] elf32(Emulator emulator, byte[] code) {
        int header = 52;
        int segment = 32;
        int size = header + segment + code.length;
        return ident(emulator, size)
                .putInt((int) LOAD_AT + header + segment)
                .putInt(header)
                .putInt(0)
                .putInt(flags(emulator))
                .putShort((short) header)
                .putShort((short) segment)
                .putShort((short) 1)
                .putShort((short) 40)
                .putInt(0)
                .putInt(1)
                .putInt(0)
                .putInt((int) LOAD_AT)
                .putInt((int) LOAD_AT)
                .putInt(size)
                .putInt(size)
                .putInt(5)
                .putInt(PAGE)
                .put(code)
                .array();
    }
}

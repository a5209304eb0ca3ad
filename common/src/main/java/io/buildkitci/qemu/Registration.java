package io.buildkitci.qemu;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What is to be written to the kernel's {@code register} file, in one piece.
 *
 * @param interpreter a static binary
 */
public record Registration(Emulator emulator, Path interpreter) {
    /**
     * F: opened now, so it works in containers. P: the program keeps the name it was called by. O and C: as a native
     * program would, it is handed to the interpreter open and with the rights that the file carries.
     */
    private static final String FLAGS = "POCF";

    /** The kernel's limit, one byte of which is the terminating zero. */
    private static final int LONGEST_PATH = 127;

    public Registration {
        String path = interpreter.toString();
        if (path.contains(":") || path.contains("\n") || path.length() > LONGEST_PATH) {
            throw new IllegalArgumentException("not a path that the kernel takes: " + path);
        }
    }

    /** {@code :qemu-aarch64:M:0:MAGIC:MASK:/usr/bin/qemu-aarch64:POCF}. */
    public String render() {
        return String.join(
                ":",
                "",
                emulator.entry(),
                "M",
                "0",
                escaped(emulator.magic()),
                escaped(emulator.mask()),
                interpreter.toString(),
                FLAGS);
    }

    byte[] bytes() {
        return render().getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(byte[] bytes) {
        return "\\x" + HexFormat.ofDelimiter("\\x").formatHex(bytes);
    }
}

package io.buildkitci.qemu;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An entry of the kernel's binfmt_misc: which files are run by which interpreter.
 *
 * @param flags P, O, C and F (see the kernel's admin guide); F means that the interpreter was opened at registration
 *     and therefore also works where its path does not exist, as in containers
 * @param offset where in a file the magic is looked for
 * @param magic in hexadecimal; empty for an entry that goes by file extension
 * @param mask in hexadecimal; empty means that every bit counts
 */
public record BinfmtEntry(
        String name, boolean enabled, String interpreter, String flags, int offset, String magic, String mask) {

    /** Reads the text of an entry's file; empty for what is none, such as {@code status}. */
    public static Optional<BinfmtEntry> parse(String name, String text) {
        Map<String, String> fields = new TreeMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            fields.put(space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
        });
        String interpreter = fields.getOrDefault("interpreter", "");
        boolean enabled = fields.containsKey("enabled");
        String magic = fields.getOrDefault("magic", "");
        String mask = fields.getOrDefault("mask", "");
        if (interpreter.isEmpty() || enabled == fields.containsKey("disabled") || !isHex(magic) || !isHex(mask)) {
            return Optional.empty();
        }
        String flags = fields.getOrDefault("flags:", "").strip();
        String offset = fields.getOrDefault("offset", "0");
        return offset.matches("\\d{1,9}")
                ? Optional.of(new BinfmtEntry(name, enabled, interpreter, flags, Integer.parseInt(offset), magic, mask))
                : Optional.empty();
    }

    private static boolean isHex(String text) {
        return text.length() % 2 == 0 && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** Whether it is enabled and works where the interpreter's path does not exist. */
    public boolean worksInContainers() {
        return enabled && flags.contains("F");
    }

    /** Whether files of this architecture are for this entry, enabled or not. */
    public boolean recognises(Emulator emulator) {
        if (magic.isEmpty()) {
            return false;
        }
        byte[] file = ProbeBinary.of(emulator);
        byte[] wanted = HexFormat.of().parseHex(magic);
        byte[] counts = HexFormat.of().parseHex(mask);
        for (int i = 0; i < wanted.length; i++) {
            int bits = i < counts.length ? counts[i] : 0xff;
            if (offset + i >= file.length || ((file[offset + i] ^ wanted[i]) & bits) != 0) {
                return false;
            }
        }
        return true;
    }
}

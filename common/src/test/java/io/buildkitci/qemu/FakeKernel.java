package io.buildkitci.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The kernel's binfmt_misc in memory; {@link BinfmtContract} holds it to what the real one does. */
final class FakeKernel {
    static final Path ROOT = Path.of("/proc/sys/fs/binfmt_misc");

    boolean mounted = true;
    boolean enabled = true;
    boolean readOnly;

    /** Files that exist, as far as the kernel can open them. */
    final Set<String> interpreters = new HashSet<>();

    /** Newest first, which is the order in which the kernel asks them. */
    private final List<Entry> entries = new ArrayList<>();

    /** One entry. */
    record Entry(String name, boolean on, String interpreter, String flags, String magic, String mask) {
        boolean hasFlag(char flag) {
            return flags.indexOf(flag) >= 0;
        }

        boolean matches(byte[] file) {
            byte[] wanted = HexFormat.of().parseHex(magic);
            byte[] counts = HexFormat.of().parseHex(mask);
            for (int i = 0; i < wanted.length; i++) {
                if (i >= file.length || ((file[i] ^ wanted[i]) & counts[i]) != 0) {
                    return false;
                }
            }
            return true;
        }

        String text() {
            return (on ? "enabled" : "disabled") + "\ninterpreter " + interpreter + "\nflags: " + flags
                    + "\noffset 0\nmagic " + magic + "\nmask " + mask + "\n";
        }
    }

    Optional<Entry> handlerOf(byte[] file) {
        return enabled
                ? entries.stream()
                        .filter(Entry::on)
                        .filter(e -> e.matches(file))
                        .findFirst()
                : Optional.empty();
    }

    List<String> list() {
        if (!mounted) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>(Set.of("register", "status"));
        entries.forEach(e -> names.add(e.name()));
        return List.copyOf(names);
    }

    Optional<String> read(String name) {
        if (!mounted || name.equals("register")) {
            return Optional.empty();
        }
        return name.equals("status")
                ? Optional.of(enabled ? "enabled\n" : "disabled\n")
                : entries.stream()
                        .filter(e -> e.name().equals(name))
                        .findFirst()
                        .map(Entry::text);
    }

    void write(Path file, byte[] content, boolean asRoot) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!list().contains(name)) {
            throw new NoSuchFileException(file.toString());
        }
        if (readOnly) {
            throw new FileSystemException(file.toString(), null, "Read-only file system");
        }
        if (!asRoot) {
            throw new AccessDeniedException(file.toString());
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (name.equals("register")) {
            entries.add(0, parse(text));
        } else {
            change(name, text);
        }
    }

    private void change(String name, String text) throws IOException {
        switch (text.strip()) {
            case "-1" -> entries.removeIf(e -> e.name().equals(name));
            case "0", "1" ->
                entries.replaceAll(e -> e.name().equals(name)
                        ? new Entry(name, text.strip().equals("1"), e.interpreter(), e.flags(), e.magic(), e.mask())
                        : e);
            default -> throw new IOException("Invalid argument");
        }
    }

    private Entry parse(String line) throws IOException {
        String[] fields = line.strip().split(line.substring(0, 1), -1);
        if (fields.length != 8 || !fields[2].equals("M") || fields[6].isEmpty()) {
            throw new IOException("Invalid argument");
        }
        String magic = unescape(fields[4]);
        String mask = unescape(fields[5]);
        if (magic.length() != mask.length() || magic.isEmpty()) {
            throw new IOException("Invalid argument");
        }
        if (list().contains(fields[1])) {
            throw new IOException("File exists");
        }
        if (fields[7].contains("F") && !interpreters.contains(fields[6])) {
            throw new IOException("No such file or directory");
        }
        return new Entry(fields[1], true, fields[6], fields[7], magic, mask);
    }

    private static String unescape(String field) {
        return field.replace("\\x", "");
    }
}

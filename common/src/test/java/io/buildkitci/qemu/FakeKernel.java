package io.buildkitci.qemu;

import io.buildkitci.process.InMemoryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a kernel in memory has to do with emulators: its binfmt_misc, and who we are. {@link BinfmtContract} holds it to
 * what the real one does.
 */
final class FakeKernel {
    private final InMemoryFiles files;
    private boolean mounted = true;
    private boolean enabled = true;
    private boolean readOnly;
    private boolean root = true;

    /** Newest first, which is the order in which the kernel asks them. */
    private final List<Entry> entries = new ArrayList<>();

    FakeKernel(InMemoryFiles files) {
        this.files = files;
        show();
    }

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

    boolean isRoot() {
        return root;
    }

    /** From now on we are somebody else. */
    void dropRoot() {
        root = false;
        show();
    }

    /** As {@code mount -t binfmt_misc}; false when that is not allowed. */
    boolean mount() {
        if (!root || readOnly) {
            return false;
        }
        mounted = true;
        show();
        return true;
    }

    void unmount() {
        mounted = false;
        show();
    }

    void switchOff() {
        enabled = false;
        show();
    }

    void makeReadOnly() {
        readOnly = true;
    }

    /** Its files as they are now. */
    private void show() {
        files.with("/proc/self/status", "Name:\tjava\nUid:\t1000\t" + (root ? 0 : 1000) + "\t0\t0\nGid:\t0\t0\t0\t0\n");
        files.remove(KernelState.ROOT);
        if (mounted) {
            show("register", "");
            show("status", enabled ? "enabled\n" : "disabled\n");
            entries.forEach(entry -> show(entry.name(), entry.text()));
        }
    }

    private void show(String name, String text) {
        Path file = KernelState.ROOT.resolve(name);
        files.with(file.toString(), text).onWrite(file.toString(), content -> write(file, content));
    }

    private void write(Path file, byte[] content) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!files.isReadable(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (readOnly) {
            throw new FileSystemException(file.toString(), null, "Read-only file system");
        }
        if (!root) {
            throw new AccessDeniedException(file.toString());
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (name.equals("register")) {
            entries.add(0, parse(text));
        } else {
            change(name, text);
        }
        show();
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
        if (files.isReadable(KernelState.ROOT.resolve(fields[1]))) {
            throw new IOException("File exists");
        }
        if (fields[7].contains("F") && !files.isExecutable(Path.of(fields[6]))) {
            throw new IOException("No such file or directory");
        }
        return new Entry(fields[1], true, fields[6], fields[7], magic, mask);
    }

    private static String unescape(String field) {
        return field.replace("\\x", "");
    }
}

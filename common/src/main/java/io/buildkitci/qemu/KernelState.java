package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's binfmt_misc as it is seen from here.
 *
 * @param mounted whether its files are there at all
 * @param enabled whether the kernel heeds any of its entries
 */
public record KernelState(boolean mounted, boolean enabled, List<BinfmtEntry> entries) {
    static final Path ROOT = Path.of("/proc/sys/fs/binfmt_misc");

    /** Nothing to be seen: not mounted, or another operating system. */
    public static final KernelState UNSEEN = new KernelState(false, false, List.of());

    public KernelState {
        entries = List.copyOf(entries);
    }

    public static KernelState read(HostFiles files) {
        List<String> names = files.list(ROOT);
        if (!names.contains("register")) {
            return UNSEEN;
        }
        boolean enabled = files.read(ROOT.resolve("status"))
                .map(status -> status.strip().equals("enabled"))
                .orElse(true);
        List<BinfmtEntry> entries = names.stream()
                .flatMap(name -> files.read(ROOT.resolve(name)).flatMap(text -> BinfmtEntry.parse(name, text)).stream())
                .toList();
        return new KernelState(true, enabled, entries);
    }

    /** Entries for files of this architecture, whatever their names. */
    public List<BinfmtEntry> recognising(Emulator emulator) {
        return entries.stream().filter(e -> e.recognises(emulator)).toList();
    }

    /** The entry that runs this architecture in containers. */
    public Optional<BinfmtEntry> working(Emulator emulator) {
        return enabled
                ? recognising(emulator).stream()
                        .filter(BinfmtEntry::worksInContainers)
                        .findFirst()
                : Optional.empty();
    }

    /** Entries that emulators of QEMU have, whoever registered them: what a reset removes. */
    List<BinfmtEntry> qemuEntries(Emulator emulator) {
        return recognising(emulator).stream()
                .filter(entry -> entry.name().startsWith("qemu-"))
                .toList();
    }

    /** Whether the kernel would hand files of this architecture to some interpreter. */
    boolean handles(Emulator emulator) {
        return enabled && recognising(emulator).stream().anyMatch(BinfmtEntry::enabled);
    }
}

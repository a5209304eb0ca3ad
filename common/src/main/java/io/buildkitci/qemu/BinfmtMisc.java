package io.buildkitci.qemu;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes the kernel's binfmt_misc; what the kernel does not let happen is a value. */
final class BinfmtMisc {
    private static final byte[] REMOVE = "-1".getBytes(StandardCharsets.US_ASCII);

    private final HostFiles files;
    private final ProcessRunner processes;

    BinfmtMisc(HostFiles files, ProcessRunner processes) {
        this.files = files;
        this.processes = processes;
    }

    /** Why a change was not made. */
    record Refusal(Cause cause, String why) {}

    Optional<Refusal> mount() throws InterruptedException {
        Captured said =
                processes.capture(Command.of("mount", "-t", "binfmt_misc", "binfmt_misc", KernelState.ROOT.toString())
                        .within(Duration.ofSeconds(20)));
        if (said.succeeded()) {
            return Optional.empty();
        }
        String why =
                said.err().isBlank() ? said.outcome().toString() : said.err().strip();
        return Optional.of(new Refusal(Cause.NOT_MOUNTED, "binfmt_misc could not be mounted: " + why));
    }

    Optional<Refusal> register(Registration registration) {
        return write("register", registration.bytes(), registration.emulator().entry() + " was not registered");
    }

    Optional<Refusal> remove(BinfmtEntry entry) {
        return write(entry.name(), REMOVE, entry.name() + " was not removed");
    }

    private Optional<Refusal> write(String name, byte[] content, String failed) {
        try {
            files.write(KernelState.ROOT.resolve(name), content);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(refusal(e, failed));
        }
    }

    private static Refusal refusal(IOException e, String failed) {
        String said = String.valueOf(e.getMessage());
        if (e instanceof AccessDeniedException || saysAnyOf(said, "Permission denied", "Operation not permitted")) {
            return new Refusal(Cause.NOT_PERMITTED, failed + ": only root of the machine itself may do that");
        }
        if (saysAnyOf(said, "Read-only file system")) {
            return new Refusal(
                    Cause.NOT_PERMITTED, failed + ": /proc/sys is read-only here, as in unprivileged containers");
        }
        if (e instanceof NoSuchFileException) {
            return new Refusal(Cause.REFUSED, failed + ": " + said + " is gone");
        }
        return new Refusal(Cause.REFUSED, failed + ": " + said);
    }

    private static boolean saysAnyOf(String said, String... words) {
        return Stream.of(words).anyMatch(said::contains);
    }
}

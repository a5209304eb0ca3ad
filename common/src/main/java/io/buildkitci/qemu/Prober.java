package io.buildkitci.qemu;

import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether programs of an architecture run, by running one.
 *
 * <p>It runs in an empty root directory where that is allowed: there, as in a container, an interpreter works only when
 * it is static and was registered with the flag F. Where not even a native program runs (no rights for chroot, a file
 * system mounted noexec) the way is no proof, and the next one is tried.
 */
final class Prober {
    private static final Duration RUNS_WITHIN = Duration.ofSeconds(20);

    private final ProcessRunner processes;
    private final Workspace workspace;
    private final Optional<Emulator> nativeHere;

    /** @param nativeHere what this machine runs itself; empty if there is no probe for it */
    Prober(ProcessRunner processes, Workspace workspace, Optional<Emulator> nativeHere) {
        this.processes = processes;
        this.workspace = workspace;
        this.nativeHere = nativeHere;
    }

    Verdict probe(Emulator emulator) throws InterruptedException {
        Verdict verdict = new Verdict.Unknown("no program was run");
        for (Way way : Way.values()) {
            verdict = run(emulator, way);
            if (verdict instanceof Verdict.Runs || isProof(way)) {
                return verdict;
            }
        }
        return new Verdict.Unknown(
                verdict instanceof Verdict.Fails fails ? fails.why() : "no native program runs here");
    }

    private boolean isProof(Way way) throws InterruptedException {
        return nativeHere.isPresent() && run(nativeHere.get(), way) instanceof Verdict.Runs;
    }

    private Verdict run(Emulator emulator, Way way) throws InterruptedException {
        String name = "probe-" + emulator.architecture();
        try {
            workspace.writeExecutable(name, ProbeBinary.of(emulator));
        } catch (IOException e) {
            return new Verdict.Unknown("no program could be written: " + e.getMessage());
        }
        Command command = Command.of(way.argv(workspace.path(), name)).within(RUNS_WITHIN);
        return verdict(processes.capture(command));
    }

    private static Verdict verdict(Captured said) {
        if (said.outcome() instanceof Outcome.NotStarted notStarted) {
            return new Verdict.Fails(notStarted.reason());
        }
        if (said.outcome() instanceof Outcome.TimedOut timedOut) {
            return new Verdict.Fails(
                    "a program did not end within " + timedOut.after().toSeconds() + " s");
        }
        int status = said.outcome() instanceof Outcome.Exited exited ? exited.status() : -1;
        return switch (status) {
            case ProbeBinary.RUNS -> new Verdict.Runs();
            case ProbeBinary.ARGV_LOST ->
                new Verdict.Fails(
                        "programs are called with wrong arguments: the kernel (before 5.12) or QEMU (before 6.0) does not"
                                + " know the flag P, or the entry has it for an interpreter that does not");
            default -> new Verdict.Fails("a program ended with status " + status + lastLine(said.err()));
        };
    }

    private static String lastLine(String text) {
        return text.isBlank()
                ? ""
                : ": " + text.strip().lines().reduce((a, b) -> b).orElse("");
    }

    private enum Way {
        IN_AN_EMPTY_ROOT,
        DIRECTLY;

        List<String> argv(Path directory, String program) {
            return switch (this) {
                case IN_AN_EMPTY_ROOT -> List.of("chroot", directory.toString(), "/" + program);
                case DIRECTLY -> List.of(directory.resolve(program).toString());
            };
        }
    }
}

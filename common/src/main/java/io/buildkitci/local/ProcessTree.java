package io.buildkitci.local;

import io.buildkitci.process.ProcessTable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A program and everything that it has started, to be ended together. */
final class ProcessTree {
    /** How long the kernel may take to end what was killed. */
    private static final Duration BURIAL = Duration.ofSeconds(2);

    private static final ProcessTable TABLE = new ProcessTable(new LocalFiles());

    private final ProcessHandle root;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    ProcessTree(ProcessHandle root) {
        this.root = root;
        known.add(root);
    }

    /**
     * Asks the program to end, then what it left behind, and kills what is still there after the grace; an interrupt
     * ends the grace.
     *
     * @return whether it was interrupted meanwhile
     */
    synchronized boolean end(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        boolean interrupted = false;
        try {
            look();
            root.destroy();
            awaitEnd(Set.of(root), deadline);
            look();
            known.forEach(ProcessHandle::destroy);
            awaitEnd(known, deadline);
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        kill();
        return awaitBurial() || interrupted;
    }

    /** Kills the program and all it has started, at once. */
    synchronized void kill() {
        int before;
        do {
            before = known.size();
            look();
            known.forEach(ProcessHandle::destroyForcibly);
        } while (known.size() > before);
    }

    /** Children of a dead process get another parent, and its pid can be another's: only the living are asked. */
    private void look() {
        List.copyOf(known).stream()
                .filter(ProcessHandle::isAlive)
                .flatMap(ProcessHandle::descendants)
                .forEach(known::add);
    }

    private boolean awaitBurial() {
        try {
            awaitEnd(known, System.nanoTime() + BURIAL.toNanos());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void awaitEnd(Set<ProcessHandle> processes, long deadline) throws InterruptedException {
        for (ProcessHandle process : processes) {
            while (runs(process) && System.nanoTime() - deadline < 0) {
                Thread.sleep(5);
            }
        }
    }

    /** What has ended and nobody has reaped does not: in many a container the first process never does. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive()
                && (TABLE.ours().isEmpty() || TABLE.started(process.pid()).isPresent());
    }
}

package io.jenkins.plugins.buildkit.agent;

import hudson.Proc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends a process and all it has started. Jenkins knows only processes of the agent's own system: those in a container it
 * reaches by {@code ps}, which few images have. So they are looked for by their cookie, from within, and asked to end;
 * what is there after the grace is killed. Where that cannot be done, Jenkins' own ways are taken.
 */
final class Ending {
    /**
     * Asks, waits and kills in one go. Each is asked once, and only when whoever started it is gone: programs pass the
     * request on in their own way, and take a second one for impatience. BusyBox's {@code grep} sees only the first variable of each process. Double quotes and backticks would not survive
     * every launcher.
     */
    static final String SCRIPT = """
            IFS='
            '
            [ -r /proc/self/environ ] || exit 3
            cookie=$1
            turns=$2
            asked=,
            if printf 'a\\0b' | grep -qF -e b; then
            has() { grep -qsF -e $cookie $1; }
            all() { grep -slF -e $cookie /proc/[0-9]*/environ; }
            any() { grep -qsF -e $cookie /proc/[0-9]*/environ; }
            else
            has() { { tr '\\0' '\\n' <$1 | grep -qF -e $cookie; } 2>/dev/null; }
            all() { for f in /proc/[0-9]*/environ; do if has $f; then echo $f; fi; done; }
            any() { [ x$(all | head -n 1) != x ]; }
            fi
            parent() { sed -n 's/^PPid:[^0-9]*//p' /proc/$1/status 2>/dev/null; }
            ask() { for e in $(all); do p=${e#/proc/}; p=${p%/environ}
            case $asked in *,$p,*) continue;; esac
            if has /proc/$(parent $p)/environ; then continue; fi
            kill -TERM $p 2>/dev/null; asked=$asked$p,; done; }
            finish() { for e in $(all); do p=${e#/proc/}; kill -KILL ${p%/environ} 2>/dev/null; done; }
            i=0
            while [ $i -lt $turns ] && any; do ask; sleep 0.05; i=$((i+1)); done
            i=0
            while [ $i -lt 40 ] && any; do finish; sleep 0.05; i=$((i+1)); done
            true
            """;

    private static final int MILLIS_PER_TURN = 50;

    /** For an agent that does not answer; the process' end is then left to Jenkins. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Launching launching;
    private final String cookie;

    Ending(Launching launching, String cookie) {
        this.launching = launching;
        this.cookie = cookie;
    }

    /**
     * @param grace how long they may take; an interrupt ends it
     * @return whether it was interrupted meanwhile
     */
    boolean end(Duration grace, Optional<Proc> process) {
        Thread asking = start(() -> finish(grace, process));
        boolean interrupted = !isDone(asking, grace.plus(LONGEST));
        if (interrupted && !grace.isZero()) {
            asking = start(() -> finish(Duration.ZERO, process));
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (asking.isAlive() && System.nanoTime() - deadline < 0) {
            interrupted |= !isDone(asking, LONGEST);
        }
        return interrupted;
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "end of a process on an agent");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** False when it was interrupted; the flag is gone then. */
    private static boolean isDone(Thread thread, Duration limit) {
        try {
            thread.join(limit.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void finish(Duration grace, Optional<Proc> process) {
        try {
            boolean found = launching.isUnix() && signalled(grace);
            if (!found || (process.isPresent() && process.get().isAlive())) {
                if (process.isPresent()) {
                    process.get().kill();
                }
                launching.kill(AgentProcesses.COOKIE, cookie);
            }
        } catch (IOException | InterruptedException e) {
            // the agent is gone, or the launcher has no way of its own
        }
    }

    private boolean signalled(Duration grace) throws InterruptedException {
        long turns = grace.toMillis() / MILLIS_PER_TURN;
        List<String> argv =
                List.of("sh", "-c", SCRIPT, "sh", AgentProcesses.COOKIE + "=" + cookie, Long.toString(turns));
        try (OutputStream said = new ByteArrayOutputStream()) {
            return launching
                            .start(argv, Map.of(), "", new Launching.Streams(said, said))
                            .join()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

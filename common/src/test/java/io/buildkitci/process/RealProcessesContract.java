package io.buildkitci.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome.Exited;
import io.buildkitci.process.Outcome.NotStarted;
import io.buildkitci.process.Outcome.TimedOut;
import io.buildkitci.process.ProcessRunner.Captured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link ProcessRunner} that starts programs of a POSIX machine does, beyond {@link ProcessRunnerContract}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
public interface RealProcessesContract extends ProcessRunnerContract {
    /** How long a program that is left behind runs: longer than any test, and not for ever. */
    String LONG = "60";

    static Command sh(String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return Command.of(argv);
    }

    @Override
    default Command saying(List<String> out, List<String> err, int status) {
        String script = "n=$1 s=$2; shift 2; "
                + "while [ $n -gt 0 ]; do printf '%s\\n' \"$1\"; shift; n=$((n-1)); done; "
                + "for l in \"$@\"; do printf '%s\\n' \"$l\" >&2; done; exit $s";
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(out.size()), String.valueOf(status)));
        arguments.addAll(out);
        arguments.addAll(err);
        return sh(script, arguments.toArray(String[]::new));
    }

    @Override
    default Command endless() {
        return sh("echo ready; exec sleep " + LONG);
    }

    @Override
    default Command missing() {
        return Command.of("buildkit-ci-missing-program");
    }

    /** As {@link #runner}, and gives programs that are asked to end as long as they may need on a busy machine. */
    ProcessRunner patient();

    /** Whether a process still runs; one that nobody has buried yet does not. */
    static boolean runs(long pid) {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return ProcessHandle.of(pid).isPresent();
        }
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).matches("(?s).*\\) [ZX] .*");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    default void megabytesOnBothStreamsAtOnceDoNotBlock() throws InterruptedException {
        Captured captured = runner().capture(sh("yes out | head -n 500000 & yes error | head -n 500000 >&2; wait"));

        assertThat(captured.outcome()).isEqualTo(new Exited(0));
        assertThat(captured.out().length()).isEqualTo(500_000 * "out\n".length());
        assertThat(captured.err().length()).isEqualTo(500_000 * "error\n".length());
    }

    @Test
    default void tellsALotInItsOrder() throws InterruptedException {
        String expected =
                IntStream.rangeClosed(1, 200_000).mapToObj(i -> i + "\n").collect(Collectors.joining());

        assertThat(runner().capture(sh("seq 1 200000")).out()).isEqualTo(expected);
    }

    @Test
    default void tellsALineOfTenMegabytes() throws InterruptedException {
        Captured captured = runner().capture(sh("head -c 10000000 /dev/zero | tr '\\0' x; echo; echo end"));

        assertThat(captured.out().length()).isEqualTo(10_000_000 + "\nend\n".length());
        assertThat(captured.out()).startsWith("xxx").endsWith("x\nend\n");
    }

    @Test
    default void neverTellsTwoLinesAtOnce() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        runner().run(sh("seq 1 20000 & seq 1 20000 >&2; wait"), (stream, line) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
        });

        assertThat(most).hasValue(1);
    }

    @Test
    default void decodesCharactersThatComeInPiecesAndReplacesBrokenOnes() throws InterruptedException {
        Captured captured =
                runner().capture(sh("printf '\\303'; sleep 0.1; printf '\\251\\r\\na\\377b\\nlast \\342\\202'"));

        assertThat(captured.out()).isEqualTo("é\na\uFFFDb\nlast \uFFFD\n");
    }

    @Test
    default void argumentsArriveAsTheyAre() throws InterruptedException {
        List<String> arguments =
                List.of("", "two words", "it's", "say \"hi\"", "$HOME `id`", "back\\slash", "line\nbreak", "*", "é漢");
        Captured captured = runner().capture(
                        sh("for a in \"$@\"; do printf '<%s>' \"$a\"; done", arguments.toArray(String[]::new)));

        assertThat(captured.out())
                .isEqualTo(arguments.stream().map(a -> "<" + a + ">").collect(Collectors.joining()) + "\n");
    }

    @Test
    default void variablesAreAddedToTheCallersOwn() throws InterruptedException {
        Command command = sh("echo \"$ADDED\"; test -n \"$PATH\"").withEnvironment(Map.of("ADDED", "a=b \"c\"\nd"));

        assertThat(runner().capture(command)).isEqualTo(new Captured(new Exited(0), "a=b \"c\"\nd\n", ""));
    }

    @Test
    default void runsInItsDirectory(@TempDir Path directory) throws Exception {
        assertThat(runner().capture(sh("pwd -P").in(directory.toString())).out())
                .isEqualTo(directory.toRealPath() + "\n");
    }

    @Test
    default void standardInputIsAtItsEnd() throws InterruptedException {
        assertThat(runner().capture(sh("cat; echo end").within(Duration.ofSeconds(30))))
                .isEqualTo(new Captured(new Exited(0), "end\n", ""));
    }

    @Test
    default void anExitBySignalIsReportedAsShellsDo() throws InterruptedException {
        assertThat(runner().capture(sh("kill -9 $$")).outcome()).isEqualTo(new Exited(137));
    }

    @Test
    default void saysWhyAProgramWasNotStarted(@TempDir Path directory) throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no program");
        Path script = Files.writeString(directory.resolve("script"), "#!/no/such/interpreter\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(reason(Command.of("no-such-program"))).contains("no-such-program", "PATH");
        assertThat(reason(Command.of(directory + "/none"))).contains(directory + "/none");
        assertThat(reason(Command.of(text.toString()))).contains(text.toString(), "not executable");
        assertThat(reason(Command.of(script.toString()))).contains(script.toString(), "interpreter");
        assertThat(reason(sh("true").in(directory + "/none"))).contains("sh", directory + "/none");
        assertThat(reason(sh("true").in(text.toString()))).contains("sh", text.toString());
        assertThat(reason(Command.of("echo", "a\0b"))).contains("echo", "NUL");
        assertThat(reason(Command.of("echo", "x".repeat(3_000_000)))).contains("echo", "longer");
    }

    @Test
    default void aReasonNeverHoldsTheValueOfAVariable() throws InterruptedException {
        assertThat(reason(sh("true").withEnvironment(Map.of("TOKEN", "s3cr3t\0"))))
                .contains("TOKEN")
                .doesNotContain("s3cr3t");
        assertThat(reason(sh("true").withEnvironment(Map.of("A=B", "s3cr3t"))))
                .contains("A=B")
                .doesNotContain("s3cr3t");
    }

    private String reason(Command command) throws InterruptedException {
        return runner().capture(command).outcome() instanceof NotStarted not ? not.reason() : "it was started";
    }

    @Test
    default void anInterruptAsksTheProgramToEndAndTellsItsLastWords() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Thread caller = Thread.currentThread();
        Command command = sh("trap 'echo canceled >&2; exit 130' TERM; echo ready; while :; do sleep 0.05; done");

        assertThatThrownBy(() -> patient().run(command, (stream, line) -> {
                    told.add(stream + " " + line);
                    if (stream == Stream.OUT) {
                        caller.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(told).containsExactly("OUT ready", "ERR canceled");
    }

    @Test
    default void anInterruptKillsAlsoWhatTheProgramStartedAndWhatWillNotEnd() throws Exception {
        List<Long> pids = Collections.synchronizedList(new ArrayList<>());
        Thread caller = Thread.currentThread();
        String grandchild = "trap '' TERM; sleep " + LONG + " & echo $!; wait";

        assertThatThrownBy(() -> runner().run(sh("sh -c \"$1\" & echo $!; wait", grandchild), (stream, line) -> {
                    pids.add(Long.valueOf(line));
                    if (pids.size() == 2) {
                        caller.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        for (long pid : pids) {
            assertThat(runs(pid)).as("process %d", pid).isFalse();
        }
    }

    @Test
    default void aTimeoutKillsAlsoWhatTheProgramStarted() throws Exception {
        AtomicLong pid = new AtomicLong();
        Command command = sh("sleep " + LONG + " & echo $!; wait").within(Duration.ofSeconds(1));

        Outcome outcome = runner().run(command, (stream, line) -> pid.set(Long.parseLong(line)));

        assertThat(outcome).isInstanceOf(TimedOut.class);
        assertThat(runs(pid.get())).isFalse();
    }

    @Test
    default void aListenerThatThrowsEndsTheProgram() throws Exception {
        AtomicLong pid = new AtomicLong();

        assertThatThrownBy(() -> runner().run(sh("sleep " + LONG + " & echo $!; wait"), (stream, line) -> {
                    pid.set(Long.parseLong(line));
                    throw new AssertionError("bug");
                }))
                .hasMessage("bug");
        assertThat(runs(pid.get())).isFalse();
    }

    @Test
    default void whatAProgramLeavesBehindDoesNotHoldUpItsEnd() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Outcome outcome = runner().run(sh("seq 1 3; sleep " + LONG + " & echo $!"), (stream, line) -> told.add(line));
        long left = Long.parseLong(told.get(3));

        assertThat(outcome).isEqualTo(new Exited(0));
        assertThat(told).startsWith("1", "2", "3").hasSize(4);
        assertThat(runs(left)).as("it was not waited for").isTrue();
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    default void whatAProgramLeavesBehindCannotTalkForEver() throws Exception {
        AtomicLong pid = new AtomicLong();
        Outcome outcome = runner().run(sh("yes & echo $! >&2"), (stream, line) -> {
            if (stream == Stream.ERR) {
                pid.set(Long.parseLong(line));
            }
        });

        assertThat(outcome).isEqualTo(new Exited(0));
        ProcessHandle.of(pid.get()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    default void aSlowListenerIsToldEverything() throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        runner().run(sh("seq 1 200"), (stream, line) -> {
            told.add(line);
            pause(8);
        });

        assertThat(told).hasSize(200).endsWith("200");
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void runsSeveralProgramsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> runs = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<String>) () -> runner().capture(sh("seq 1 1000; echo $1", "run " + i))
                            .out())
                    .toList();
            List<Future<String>> answers = threads.invokeAll(runs);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).startsWith("1\n2\n").endsWith("\n1000\nrun " + i + "\n");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

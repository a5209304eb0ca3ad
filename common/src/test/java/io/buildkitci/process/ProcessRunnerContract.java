package io.buildkitci.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome.Exited;
import io.buildkitci.process.Outcome.NotStarted;
import io.buildkitci.process.Outcome.TimedOut;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ProcessRunner} does, one that only plays programs too; see {@link RealProcessesContract}. */
public interface ProcessRunnerContract {
    ProcessRunner runner();

    /** A program that writes these lines and exits. */
    Command saying(List<String> out, List<String> err, int status);

    /** A program that writes the line {@code ready} and runs for ever. */
    Command endless();

    /** A program that is not there; {@code missing} is part of its name. */
    Command missing();

    @Test
    default void tellsTheLinesOfBothStreamsInTheirOrderAndTheStatus() throws InterruptedException {
        Captured captured = runner().capture(saying(List.of("one", "", "two"), List.of("three"), 0));

        assertThat(captured).isEqualTo(new Captured(new Exited(0), "one\n\ntwo\n", "three\n"));
        assertThat(captured.succeeded()).isTrue();
    }

    @Test
    default void aStatusOtherThanZeroIsAnOutcome() throws InterruptedException {
        Captured captured = runner().capture(saying(List.of(), List.of("no"), 42));

        assertThat(captured).isEqualTo(new Captured(new Exited(42), "", "no\n"));
        assertThat(captured.succeeded()).isFalse();
    }

    @Test
    default void whatIsNotThereIsNotStartedAndNamed() throws InterruptedException {
        assertThat(runner().capture(missing()).outcome())
                .isInstanceOfSatisfying(
                        NotStarted.class, not -> assertThat(not.reason()).contains("missing"));
    }

    @Test
    default void aProgramThatRunsTooLongTimesOut() throws InterruptedException {
        Duration limit = Duration.ofMillis(300);

        assertThat(runner().capture(endless().within(limit)).outcome()).isEqualTo(new TimedOut(limit));
    }

    @Test
    default void aLimitThatIsNotReachedChangesNothing() throws InterruptedException {
        Command command = saying(List.of("done"), List.of(), 3).within(Duration.ofMinutes(1));

        assertThat(runner().capture(command)).isEqualTo(new Captured(new Exited(3), "done\n", ""));
    }

    @Test
    default void anInterruptWhileItRunsIsThrownOnce() {
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> runner().run(endless(), (stream, line) -> caller.interrupt()))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    default void nothingStartsInAThreadThatIsInterruptedAlready() {
        List<String> told = new ArrayList<>();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> runner().run(saying(List.of("x"), List.of(), 0), (stream, line) -> told.add(line)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    default void whatTheListenerThrowsIsThrown() {
        IllegalStateException bug = new IllegalStateException("bug");
        LineListener broken = (stream, line) -> {
            throw bug;
        };

        assertThatThrownBy(() -> runner().run(endless(), broken)).isSameAs(bug);
    }

    @Test
    default void tellsWhichStreamALineCameFrom() throws InterruptedException {
        List<Stream> streams = new ArrayList<>();
        runner().run(saying(List.of(), List.of("x"), 0), (stream, line) -> streams.add(stream));

        assertThat(streams).containsExactly(Stream.ERR);
    }
}

package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideTaskTest {
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch began = new CountDownLatch(1);

    @Test
    void givesItsAnswer() throws InterruptedException {
        try (SideTask<String> task = SideTask.start(() -> "answer")) {
            assertThat(task.result()).contains("answer");
            assertThat(task.result()).contains("answer");
        }
    }

    @Test
    void failingIsNoAnswer() throws InterruptedException {
        try (SideTask<String> task = SideTask.start(() -> {
            throw new IOException("nobody there");
        })) {
            assertThat(task.result()).isEmpty();
        }
    }

    @Test
    void runsBesideItsCaller() throws InterruptedException {
        CountDownLatch question = new CountDownLatch(1);
        try (SideTask<String> task = SideTask.start(() -> {
            question.await();
            return "answer";
        })) {
            question.countDown();
            assertThat(task.result()).contains("answer");
        }
    }

    @Test
    void closingInterruptsItAndWaitsUntilItIsGone() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean tidied = new AtomicBoolean();
        SideTask<String> task = SideTask.start(() -> {
            try {
                began.countDown();
                never.await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.set(true);
                tidied.set(true);
                throw e;
            }
        });
        began.await();

        task.close();

        assertThat(interrupted).isTrue();
        assertThat(tidied).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptOfTheCallerWhileClosingIsKept() throws InterruptedException {
        AtomicBoolean gone = new AtomicBoolean();
        SideTask<String> task = SideTask.start(() -> {
            began.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                gone.set(true);
            }
            return "stopped";
        });
        began.await();
        Thread.currentThread().interrupt();

        task.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(gone).isTrue();
    }

    @Test
    void anInterruptWhileWaitingForTheAnswerPropagates() throws InterruptedException {
        try (SideTask<Optional<String>> task = SideTask.start(() -> {
            never.await();
            return Optional.of("never");
        })) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(task::result);
        }
    }
}

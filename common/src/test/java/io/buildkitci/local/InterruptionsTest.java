package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.Command;
import io.buildkitci.process.RealProcessesContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptionsTest {
    @TempDir
    Path temporary;

    /** Runs a program with a private file, as a build does; says the program's pid, and that it cleaned up. */
    public static final class Build {
        public static void main(String[] arguments) throws Exception {
            System.exit(Interruptions.run(() -> {
                try (var workspace = new LocalWorkspaces(Path.of(arguments[0])).open()) {
                    workspace.write("secret", "s3cr3t");
                    Command command = Command.of("sh", "-c", "sleep 60 & echo $!; wait");
                    new LocalProcessRunner().run(command, (stream, line) -> say(line));
                    return 0;
                } finally {
                    say("cleaned up");
                }
            }));
        }
    }

    /** Ends by itself with the status that it is given. */
    public static final class Quick {
        public static void main(String[] arguments) throws Exception {
            System.exit(Interruptions.run(() -> Integer.valueOf(arguments[0])));
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc, and wants env(1) of GNU")
    void aSignalEndsTheWorkAndWhatItStartedInOrder(String signal) throws Exception {
        try (ChildJvm jvm = ChildJvm.startAsInTheForeground(Build.class, temporary.toString())) {
            long program = Long.parseLong(jvm.line());

            jvm.signal(signal);

            assertThat(jvm.remainingLines()).containsExactly("cleaned up");
            assertThat(jvm.status()).isEqualTo(130);
            assertThat(RealProcessesContract.runs(program)).isFalse();
            assertThat(new LocalFiles().list(temporary)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 70})
    void workThatEndsByItselfKeepsItsStatus(int status) throws IOException, InterruptedException {
        try (ChildJvm jvm = ChildJvm.start(Quick.class, String.valueOf(status))) {
            assertThat(jvm.status()).isEqualTo(status);
        }
    }

    @Test
    void workThatWasInterruptedIsCancelled() throws Exception {
        assertThat(Interruptions.run(() -> {
                    throw new InterruptedException();
                }))
                .isEqualTo(Interruptions.CANCELLED);
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        IllegalStateException bug = new IllegalStateException("bug");

        assertThatThrownBy(() -> Interruptions.run(() -> {
                    throw bug;
                }))
                .isSameAs(bug);
    }
}

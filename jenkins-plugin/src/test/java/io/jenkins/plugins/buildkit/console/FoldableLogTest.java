package io.jenkins.plugins.buildkit.console;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.ConsoleNote;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FoldableLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream log = FoldableLog.over(new StreamTaskListener(bytes, StandardCharsets.UTF_8));

    private String raw() {
        log.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theTextIsAsItWas() {
        String text = "RUNNING  make\n    | ünder way\n    | done\nRUN      make  1.2s\n";
        log.print(text);

        assertThat(ConsoleNote.removeNotes(raw())).isEqualTo(text);
    }

    @Test
    void theFirstLineThatAStepWritesIsMarked() {
        log.print("RUN      a  0.1s\n    | one\n    | two\nRUN      b  0.1s\n    | three\n");

        assertThat(raw().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("RUN      a  0.1s"),
                        line -> assertThat(line)
                                .startsWith(ConsoleNote.PREAMBLE_STR)
                                .endsWith("    | one"),
                        line -> assertThat(line).isEqualTo("    | two"),
                        line -> assertThat(line).isEqualTo("RUN      b  0.1s"),
                        line -> assertThat(line).isEqualTo("    | three"));
    }

    @Test
    void aBuildWhoseStepsWriteNothingHasNoMark() {
        log.print("CACHED   a\nCACHED   b\n");

        assertThat(raw()).isEqualTo("CACHED   a\nCACHED   b\n");
    }

    /** Marks of thousands of steps are less than a hundredth of the log. */
    @Test
    void marksCostLittleAndAreNeverFarApart() {
        for (int step = 0; step < 3000; step++) {
            log.print("RUN      [" + step + "/3000] RUN make target-" + step + "  0.1s\n");
            for (int line = 0; line < 5; line++) {
                log.print("    | compiling part " + line + " of target " + step + "\n");
            }
        }
        String raw = raw();
        int text = ConsoleNote.removeNotes(raw).length();

        assertThat(raw.length() - text).isBetween(1, text / 100);
        assertThat(raw.split("\u001b\\[8mha:", -1))
                .allSatisfy(piece -> assertThat(piece.length()).isLessThan(FoldableLog.MARK_EVERY + 1024));
    }
}

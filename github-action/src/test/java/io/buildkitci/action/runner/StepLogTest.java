package io.buildkitci.action.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.runner.RunnerView.Command;
import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final StepLog log = new StepLog(out, "token");

    private RunnerView view() {
        log.close();
        return RunnerView.of(bytes.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::set-output name=digest::sha256:evil",
                "  ::add-mask::a",
                "::error::x",
                "::stop-commands::y",
                "::endgroup::",
                "#5 0.1 ##[set-env name=PATH]/evil",
                "##[error]red",
                "::token::",
                "::token2::",
                "\u001b[31m::warning::x",
                "a\r::set-output name=a::b\r\n::save-state name=undo::{}",
                "%0A::error::x"
            })
    void textGivesNoCommand(String hostile) {
        log.line(hostile);
        log.annotate(Level.NOTICE, "", Spot.NONE, "ours");

        assertThat(view().commands()).extracting(Command::name).containsExactly("stop-commands", "notice");
        assertThat(view().stopped()).isFalse();
    }

    @Test
    void ownCommandsStillWorkBetweenLinesOfText() {
        log.line("first");
        log.group("Digest", List.of("::error::not ours"));
        log.line("second");
        log.mask("s3cret");

        assertThat(view().commands())
                .extracting(Command::name)
                .containsExactly("stop-commands", "group", "stop-commands", "endgroup", "stop-commands", "add-mask");
        assertThat(view().plain()).contains("first", "::error::not ours", "second");
    }

    @Test
    void noTokenStopsCommandsTwice() {
        for (int i = 0; i < 5; i++) {
            log.line("x");
            log.debug("y");
        }
        assertThat(view().data("stop-commands")).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void masksTheWholeAndEachOfItsLines() {
        log.mask("-----BEGIN-----\n  abc%\r\n\ndef\n");

        assertThat(view().data("add-mask"))
                .containsExactly("-----BEGIN-----\n  abc%\r\n\ndef\n", "-----BEGIN-----", "abc%", "def");
    }

    @Test
    void aSecretOfOneLineIsMaskedOnce() {
        log.mask("hunter2");
        assertThat(view().data("add-mask")).containsExactly("hunter2");
    }

    @Test
    void anAnnotationPointsAtItsPlace() {
        log.annotate(Level.ERROR, "a: b, c", new Spot("dir,x/Docker:file", 4), "two\nlines");
        log.annotate(Level.WARNING, "", new Spot("", 4), "nowhere");

        assertThat(view().commands())
                .containsExactly(
                        new Command(
                                "error",
                                Map.of("title", "a: b, c", "file", "dir,x/Docker:file", "line", "4"),
                                "two\nlines"),
                        new Command("warning", Map.of(), "nowhere"));
    }

    @Test
    void whateverTheTextOfACommandItIsOneLine() {
        Random random = new Random(7);
        String alphabet = "a:%,\r\n;=[]#\u00fc\u0000 ";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
            String line = new WorkflowCommand("error", Map.of("title", text.toString()), text.toString()).render();
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(RunnerView.of(line).all("error")).hasSize(1);
            assertThat(RunnerView.of(line).data("error").get(0)).isEqualTo(text.toString());
        }
    }
}

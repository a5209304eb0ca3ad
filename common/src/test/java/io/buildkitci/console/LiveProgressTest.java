package io.buildkitci.console;

import static io.buildkitci.progress.News.cached;
import static io.buildkitci.progress.News.done;
import static io.buildkitci.progress.News.failed;
import static io.buildkitci.progress.News.news;
import static io.buildkitci.progress.News.output;
import static io.buildkitci.progress.News.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.Recorded;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveProgressTest {
    private static final String A = "[linux/amd64 2/3] RUN make";
    private static final String B = "[linux/arm64 2/3] RUN make";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Clock clock = new Clock();
    private TerminalSize size = new TerminalSize(60, 10);
    private final LiveProgress view = view(false);

    private LiveProgress view(boolean colours) {
        return new LiveProgress(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                clock,
                Redactor.of(List.of("hunter2")),
                () -> size,
                colours);
    }

    static List<String> builds() {
        return Recorded.BUILDS;
    }

    @Test
    void whatEndedStandsAboveWhatRuns() {
        view.update(news(cached("c", "[1/3] WORKDIR /x", 0), running("a", A, 0), running("b", B, 0)));
        view.update(output("a", "cc a.c\ncc b.c\n"));
        clock.pass(12.3);
        view.tick();

        assertThat(screen().lines())
                .containsExactly(
                        "CACHED   [1/3] WORKDIR /x",
                        "building 12.3s, 2 running, 1 done, 1 of them cached",
                        "=> [linux/amd64 2/3] RUN make  12.3s",
                        "    | cc a.c",
                        "    | cc b.c",
                        "=> [linux/arm64 2/3] RUN make  12.3s");
    }

    @Test
    void onlyWhatEndedIsLeftWhenItIsClosedAndTheTerminalIsAsItWas() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "noise\n"));
        clock.pass(1);
        view.tick();
        assertThat(screen().cursorShown()).isFalse();

        view.update(news(done("a", A, 0, 1)));
        view.close();
        view.close();
        view.tick();

        assertThat(screen().lines()).containsExactly("DONE     [linux/amd64 2/3] RUN make  1.0s");
        assertThat(screen().cursorShown()).isTrue();
        assertThat(screen().wraps()).isTrue();
    }

    @Test
    void aFailedStepLeavesItsErrorAndOutput() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "no such thing"));
        view.update(news(failed("a", A, 0, 1, "exit code: 42")));
        view.close();

        assertThat(screen().lines())
                .containsExactly(
                        "ERROR    [linux/amd64 2/3] RUN make  1.0s", "    | exit code: 42", "    | no such thing");
    }

    @Test
    void isDrawnAtMostTenTimesASecond() {
        for (int i = 0; i < 1000; i++) {
            view.update(news(running("a" + i % 3, A, 0)));
            view.update(output("a" + i % 3, "line " + i + "\n"));
            view.tick();
            clock.pass(0.001);
        }

        int drawings = out.toString(StandardCharsets.UTF_8).split("building ", -1).length - 1;
        assertThat(drawings).isBetween(8, 11);
    }

    @Test
    void fitsIntoAnyTerminal() {
        for (int i = 0; i < 30; i++) {
            view.update(news(running("a" + i, "[linux/amd64 " + i + "/30] RUN " + "very ".repeat(40), 0)));
            view.update(output("a" + i, "\u4e16\u754c " + "wide ".repeat(60) + "\n1\n2\n3\n4\n5\n6\n7\n8\n"));
        }
        for (TerminalSize terminal : List.of(
                new TerminalSize(200, 50), new TerminalSize(40, 8), new TerminalSize(10, 2), new TerminalSize(1, 1))) {
            size = terminal;
            out.reset();
            view.tick();
            clock.pass(1);
            view.tick();
            String last = lastDrawing();
            Screen screen = new Screen();
            screen.show(last);

            assertThat(screen.lines()).hasSizeLessThanOrEqualTo(Math.max(1, terminal.rows() - 1));
            assertThat(screen.widest()).isLessThanOrEqualTo(terminal.columns());
        }
    }

    @Test
    void aProgressBarIsShownAsItStands() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "start\n10%\r50%\r"));
        clock.pass(1);
        view.tick();

        assertThat(screen().lines()).endsWith("    | start", "    | 50%");
    }

    @Test
    void whatAStepWritesCannotMoveTheCursorAndSecretsAreMasked() {
        view.update(news(running("a", "[2/2] RUN \u001b[2J hunter2", 0)));
        view.update(output("a", "\u001b[5Aup \u001b]0;title\u0007\u001b[32mgreen\u001b[0m hunt"));
        view.update(output("a", "er2\n"));
        clock.pass(1);
        view.tick();

        assertThat(screen().lines()).endsWith("    | up green ***");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("hunter2")
                .doesNotContain("\u001b[32m");
    }

    @Test
    void coloursAreUsedOnlyWhereTheyAreWanted() {
        view.update(news(done("a", A, 0, 1)));
        view.close();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContainPattern("\u001b\\[[0-9;]*m");

        try (LiveProgress coloured = view(true)) {
            coloured.update(news(done("a", A, 0, 1)));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\u001b[32mDONE     \u001b[0m");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyRecordedBuildLeavesACleanScreen(String build) {
        Recorded.news(build).forEach(line -> {
            clock.pass(0.05);
            view.update(line);
        });
        view.close();

        assertThat(screen().lines()).isNotEmpty().noneMatch(l -> l.startsWith("=> ") || l.startsWith("building "));
    }

    private Screen screen() {
        Screen screen = new Screen();
        screen.show(out.toString(StandardCharsets.UTF_8));
        return screen;
    }

    private String lastDrawing() {
        String all = out.toString(StandardCharsets.UTF_8);
        return all.substring(all.lastIndexOf(Ink.NO_WRAP));
    }
}

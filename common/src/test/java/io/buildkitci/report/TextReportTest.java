package io.buildkitci.report;

import static io.buildkitci.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees at the end of a build. */
class TextReportTest {
    @Test
    void showsWhatWasPushedWhereAndHowLongItTook() {
        assertThat(new TextReport(Glyphs.UNICODE).render(Reports.pushed()))
                .isEqualTo("""
                        ✓ Built for linux/amd64, linux/arm64 in 3 min 05 s
                          pushed     registry.example/app:1
                                     registry.example/app:latest
                          digest     A
                          platforms  linux/amd64  B  native
                                     linux/arm64  C  emulated by /usr/bin/qemu-aarch64
                          pull with  docker pull registry.example/app@A
                          steps      12 (9 cached, 3 run)
                          slowest    31.2 s  linux/arm64  RUN make
                                     0.0 s                COPY . .
                          time       total 3 min 05 s, build 2 min 50 s, export 2.0 s, push 5.0 s, cache export 0.8 s
                          builder    ci (docker-container)
                          warnings   Dockerfile:3  FromAsCasing: 'as' and 'FROM' keywords' casing do not match
                          notes      cache-to was dropped: the token is read-only
                          attempts   2
                        """.replace("A\n", digest('a') + "\n")
                        .replace("  B  ", "  " + digest('b') + "  ")
                        .replace("  C  ", "  " + digest('c') + "  "));
    }

    @Test
    void showsAFailureFirstAndOmitsWhatThereIsNot() {
        assertThat(new TextReport(Glyphs.UNICODE)
                        .render(Reports.failed(Reports.failingTest("1 test failed", "make: *** [test] Error 2"))))
                .isEqualTo("""
                        ✗ The build failed: RUN make test exited with code 2            [step-failed]
                          at Dockerfile:12 (stage test, linux/arm64)
                          | 1 test failed
                          | make: *** [test] Error 2
                          → Read the step's last lines and correct it.
                          see docs/failures.md#step-failed
                          platforms  linux/amd64  native
                                     linux/arm64  emulated by /usr/bin/qemu-aarch64
                          time       total 0.3 s
                          builder    ci (docker-container)
                        """);
    }

    @Test
    void showsTheLineOfTheDockerfileWhenTheStepPrintedNothing() {
        assertThat(new FailureText(Glyphs.ASCII).render(Reports.failingTest())).isEqualTo("""
                        FAILED The build failed: RUN make test exited with code 2       [step-failed]
                          at Dockerfile:12 (stage test, linux/arm64)
                          | 12 RUN make test
                          -> Read the step's last lines and correct it.
                          see docs/failures.md#step-failed
                        """);
    }

    @Test
    void showsWhatTheClientSaidWhenThereIsNothingElse() {
        assertThat(new FailureText(Glyphs.UNICODE).render(Reports.cancelled())).isEqualTo("""
                        ✗ The build was stopped                                         [cancelled]
                          | ERROR: Canceled: context canceled
                          → Run it again when it is wanted.
                        """);
    }

    @Test
    void outputOfAStepCanNeitherMoveTheCursorNorAddALine() {
        String shown = new FailureText(Glyphs.UNICODE)
                .render(Reports.failingTest("\u001b[31mred\u001b[0m\r\u001b]0;title\u0007\u001b[2Kdone\b", "a\tb"));

        assertThat(shown).contains("  | reddone\n  | a\tb\n");
    }

    @Test
    void norCanItWithTheSequencesThatHaveNoEscape() {
        String shown = new FailureText(Glyphs.UNICODE)
                .render(Reports.failingTest("\u009b2Kdone\u009d0;title\u009c\u001b(B.", "\u0085next"));

        assertThat(shown).contains("  | done.\n  | next\n");
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asciiMeansAsciiWhateverWasPrinted(int seed) {
        String printed = new Random(seed)
                .ints(200, 1, 0x2fff)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(new TextReport(Glyphs.ASCII).render(Reports.failed(Reports.failingTest(printed))))
                .matches("[\\x20-\\x7e\\t\\n]*");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "49, 0.0 s", "960, 1.0 s", "59949, 59.9 s", "59950, 1 min 00 s", "3600000, 60 min 00 s"})
    void timesAreShortAndNeverSaySixtySeconds(long millis, String text) {
        assertThat(TextReport.time(Duration.ofMillis(millis))).isEqualTo(text);
    }
}

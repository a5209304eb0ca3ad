package io.buildkitci.console;

import static io.buildkitci.progress.News.done;
import static io.buildkitci.progress.News.news;
import static io.buildkitci.progress.News.output;
import static io.buildkitci.progress.News.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.TraceRecorder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets planted at random into the output of steps that run side by side, cut at random. */
class SecretsNeverShownTest {
    private static final List<String> SECRETS =
            List.of("s3cr3t-t\u00f6ken", "line-one-of-key\nline-two-of-key", "pa$$w0rd");

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPartOfASecretIsShownAndNoLineIsLost(int seed) {
        Random random = new Random(seed);
        Redactor redactor = Redactor.of(SECRETS);
        Clock clock = new Clock();
        ByteArrayOutputStream plainOut = new ByteArrayOutputStream();
        ByteArrayOutputStream liveOut = new ByteArrayOutputStream();
        TraceRecorder recorder = new TraceRecorder(redactor);
        List<ProgressView> views = List.of(
                new PlainProgress(print(plainOut), clock, redactor, true),
                new LiveProgress(print(liveOut), clock, redactor, () -> new TerminalSize(50, 20), true));
        List<Deque<byte[]>> pieces = new ArrayList<>();
        for (int stream = 0; stream < 6; stream++) {
            pieces.add(cut(text(stream, random).getBytes(StandardCharsets.UTF_8), random));
        }

        tell(views, recorder, news(running("0", "[1/2] RUN a", 0), running("1", "[2/2] RUN b", 0)));
        while (pieces.stream().anyMatch(p -> !p.isEmpty())) {
            int stream = random.nextInt(6);
            byte[] piece = pieces.get(stream).poll();
            if (piece != null) {
                tell(views, recorder, output(String.valueOf(stream % 3), 1 + stream / 3, piece));
            }
            clock.pass(random.nextInt(3000) / 1000.0);
            views.forEach(ProgressView::tick);
        }
        tell(views, recorder, news(done("0", "[1/2] RUN a", 0, 1), done("1", "[2/2] RUN b", 0, 1)));
        views.forEach(ProgressView::close);
        recorder.finish();

        String plain = plainOut.toString(StandardCharsets.UTF_8);
        for (String shown : List.of(
                plain,
                liveOut.toString(StandardCharsets.UTF_8),
                recorder.snapshot().toString())) {
            assertThat(shown)
                    .doesNotContain("s3cr3t", "t\u00f6ken", "line-one", "line-two", "pa$$", "w0rd")
                    .doesNotContain(Base64.getEncoder().encodeToString("pa$$w0rd".getBytes(StandardCharsets.UTF_8)));
        }
        for (int stream = 0; stream < 6; stream++) {
            int of = stream;
            List<Integer> numbers = plain.lines()
                    .filter(l -> l.startsWith("    | stream " + of + " line "))
                    .map(l -> Integer.parseInt(l.split(" ", -1)[8]))
                    .toList();
            assertThat(numbers).isEqualTo(IntStream.range(0, 60).boxed().toList());
        }
    }

    private static String text(int stream, Random random) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 60; line++) {
            text.append("stream ").append(stream).append(" line ").append(line).append(' ');
            for (int words = random.nextInt(4); words > 0; words--) {
                text.append("\u4e16 ").append("w".repeat(random.nextInt(20)));
                text.append(random.nextBoolean() ? planted(random) : "");
            }
            text.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
        }
        return text.toString();
    }

    private static String planted(Random random) {
        String secret = SECRETS.get(random.nextInt(SECRETS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            case 1 -> secret.charAt(0) + "\u001b[1m" + secret.substring(1);
            default -> secret;
        };
    }

    private static Deque<byte[]> cut(byte[] bytes, Random random) {
        Deque<byte[]> pieces = new ArrayDeque<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 5 : 200));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }

    private static void tell(List<ProgressView> views, TraceRecorder recorder, ProgressLine line) {
        views.forEach(view -> view.update(line));
        recorder.record(line);
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}

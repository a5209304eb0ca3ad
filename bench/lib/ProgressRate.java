import io.buildkitci.process.Redactor;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.ProgressDecoder;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.TraceRecorder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Feeds made-up events of BuildKit to what follows builds, and tells the rate and the memory that is in use after it. */
final class ProgressRate {
    private static final int STEPS = 200;
    private static final String TIME = "2026-11-30T03:00:00.%09dZ";

    private final ProgressDecoder decoder = new ProgressDecoder();
    private final TraceRecorder recorder = new TraceRecorder(Redactor.of(List.of("a-secret-of-the-build")));
    private long bytes;

    public static void main(String[] arguments) {
        int events = Integer.parseInt(arguments[0]);
        long output = Long.parseLong(arguments[1]) << 20;
        System.out.printf("%-28s %10s %12s %10s %12s%n", "", "seconds", "events/s", "MB/s", "MB in use");
        ProgressRate warm = new ProgressRate();
        warm.events(50_000);
        ProgressRate some = new ProgressRate();
        some.measured(events + " events", events, () -> some.events(events));
        ProgressRate printed = new ProgressRate();
        int lines = (int) (output / 1000);
        printed.measured((output >> 20) + " MB of a step's output", lines, () -> printed.output(lines));
    }

    private void measured(String what, int events, Runnable work) {
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        BuildTrace trace = recorder.snapshot();
        System.gc();
        Runtime memory = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%-28s %10.1f %12.0f %10.1f %12.1f   (%d steps kept)%n",
                what,
                seconds,
                events / seconds,
                bytes / 1e6 / seconds,
                (memory.totalMemory() - memory.freeMemory()) / 1e6,
                trace.steps().size());
    }

    private void tell(String line) {
        bytes += line.length();
        ProgressLine decoded = decoder.decode(line);
        recorder.record(decoded);
    }

    /** Starts, statuses, output and ends of steps, as they come in a long build. */
    private void events(int count) {
        for (int i = 0; i < count; i++) {
            String digest = "sha256:%064x".formatted(i % STEPS);
            String time = TIME.formatted(i);
            switch (i % 4) {
                case 0 -> tell("{\"vertexes\":[{\"digest\":\"" + digest + "\",\"name\":\"[stage 1/9] RUN make " + i % STEPS
                        + "\",\"started\":\"" + time + "\"}]}");
                case 1 -> tell("{\"statuses\":[{\"id\":\"extracting " + i % 300 + "\",\"vertex\":\"" + digest
                        + "\",\"current\":" + i + ",\"timestamp\":\"" + time + "\",\"started\":\"" + time + "\"}]}");
                case 2 -> tell(log(digest, "line " + i + " of the output of a step\n", time));
                default -> tell("{\"vertexes\":[{\"digest\":\"" + digest + "\",\"name\":\"[stage 1/9] RUN make " + i % STEPS
                        + "\",\"started\":\"" + time + "\",\"completed\":\"" + time + "\"}]}");
            }
        }
    }

    private void output(int count) {
        String text = ("0123456789".repeat(9) + "abcdefghi\n").repeat(10);
        for (int i = 0; i < count; i++) {
            tell(log("sha256:1", text, TIME.formatted(i)));
        }
    }

    private static String log(String digest, String text, String time) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{\"logs\":[{\"vertex\":\"" + digest + "\",\"stream\":1,\"data\":\"" + data + "\",\"timestamp\":\"" + time
                + "\"}]}";
    }
}

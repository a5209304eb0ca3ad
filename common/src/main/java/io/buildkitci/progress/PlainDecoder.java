package io.buildkitci.progress;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes {@code --progress=plain} of a {@code docker build} before buildx: lines for people, each with the number of its
 * vertex. The times are those at which the lines came; the length of a step is what the line says. Not thread-safe.
 */
public final class PlainDecoder implements LineDecoder {
    private static final Pattern NUMBERED = Pattern.compile("#(\\d{1,9}) (.*)", Pattern.DOTALL);
    private static final Pattern DONE = Pattern.compile("DONE(?: (\\d{1,9}(?:\\.\\d{1,9})?)s)?");
    private static final Pattern OUTPUT = Pattern.compile("\\d{1,9}\\.\\d{1,6} (.*)", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String ERROR = "ERROR: ";
    private static final ProgressLine NO_NEWS = new ProgressLine.Update(List.of(), List.of(), List.of(), List.of());

    private final InstantSource clock;
    private final Map<String, Vertex> vertices = new HashMap<>();

    public PlainDecoder(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ProgressLine decode(String line) {
        Matcher numbered = NUMBERED.matcher(line);
        if (!numbered.matches()) {
            return line.isEmpty() ? NO_NEWS : new ProgressLine.Text(line);
        }
        String id = "#" + numbered.group(1);
        String said = numbered.group(2);
        Optional<Vertex> known = Optional.ofNullable(vertices.get(id));
        if (known.isEmpty()) {
            return told(new Vertex(id, List.of(), said, Optional.of(clock.instant()), Optional.empty(), false, ""));
        }
        return news(known.get(), said);
    }

    private ProgressLine news(Vertex vertex, String said) {
        Instant now = clock.instant();
        Matcher done = DONE.matcher(said);
        Matcher output = OUTPUT.matcher(said);
        if (said.equals(vertex.name())
                || said.equals("...")
                || DIGEST.matcher(said).matches()) {
            return NO_NEWS; // it is taken up again, left for another, or named by its digest
        }
        if (said.equals("CACHED")) {
            return told(ended(vertex, now, now, true, ""));
        }
        if (done.matches()) {
            Instant began = Optional.ofNullable(done.group(1))
                    .map(seconds -> now.minus(Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000))))
                    .orElse(now);
            return told(ended(vertex, began, now, false, ""));
        }
        if (said.startsWith(ERROR)) {
            return told(ended(vertex, vertex.started().orElse(now), now, false, said.substring(ERROR.length())));
        }
        if (said.equals("CANCELED")) {
            return told(ended(vertex, vertex.started().orElse(now), now, false, "context canceled"));
        }
        if (output.matches()) {
            ByteBuffer data = ByteBuffer.wrap((output.group(1) + "\n").getBytes(StandardCharsets.UTF_8));
            return new ProgressLine.Update(List.of(), List.of(), List.of(new Log(vertex.digest(), 1, data)), List.of());
        }
        return status(vertex, said, now);
    }

    private static ProgressLine status(Vertex vertex, String said, Instant now) {
        boolean ended = said.endsWith("done");
        String name = said.replaceFirst("(?: \\d[\\d.]*m?s)?(?: done)?$", "");
        Status status = new Status(
                vertex.digest(), name, name, 0, 0, Optional.of(now), ended ? Optional.of(now) : Optional.empty());
        return new ProgressLine.Update(List.of(), List.of(status), List.of(), List.of());
    }

    private static Vertex ended(Vertex vertex, Instant from, Instant to, boolean cached, String error) {
        return new Vertex(vertex.digest(), List.of(), vertex.name(), Optional.of(from), Optional.of(to), cached, error);
    }

    private ProgressLine told(Vertex vertex) {
        vertices.put(vertex.digest(), vertex);
        return new ProgressLine.Update(List.of(vertex), List.of(), List.of(), List.of());
    }
}

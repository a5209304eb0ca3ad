package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The output of all steps as whole masked lines; the two streams of a step are joined apart. */
public final class OutputLines {
    private final Redactor redactor;
    private final Map<String, Map<Integer, LineJoiner>> joiners = new HashMap<>();

    public OutputLines(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The lines that this piece completes. */
    public List<String> accept(Log log) {
        return joiners.computeIfAbsent(log.vertex(), v -> new TreeMap<>())
                .computeIfAbsent(log.stream(), s -> new LineJoiner(redactor))
                .accept(log.data());
    }

    /** What the step wrote without a line end, and forgets the step. */
    public List<String> end(String vertex) {
        List<String> lines = new ArrayList<>();
        Map<Integer, LineJoiner> ended = joiners.remove(vertex);
        if (ended != null) {
            ended.values().forEach(joiner -> lines.addAll(joiner.end()));
        }
        return lines;
    }

    /** The state of the step's progress bar, or empty. */
    public String overwritten(String vertex) {
        return joiners.getOrDefault(vertex, Map.of()).values().stream()
                .map(LineJoiner::overwritten)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}

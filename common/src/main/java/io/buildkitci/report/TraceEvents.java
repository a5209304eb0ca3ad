package io.buildkitci.report;

import io.buildkitci.json.JsonText;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Status;
import io.buildkitci.progress.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every run of every step of a build in the Trace Event Format, which Perfetto, Chrome and many profilers open: a process
 * for each stage of each platform, times in microseconds from the start of the first step, and what is known of a step
 * besides among the arguments of its event. The key {@code otherData} holds when that start was.
 */
public final class TraceEvents {
    private TraceEvents() {}

    /** One JSON object, without a line feed at the end. */
    public static String render(BuildTrace trace) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("displayTimeUnit", "ms");
        Map<String, Object> other = new LinkedHashMap<>();
        trace.started().ifPresent(start -> other.put("started", start.toString()));
        other.put("notReached", trace.counts().notReached());
        json.put("otherData", other);
        json.put(
                "traceEvents",
                trace.started()
                        .map(start -> new Events(start).of(trace.steps()))
                        .orElse(List.of()));
        return JsonText.pretty(json);
    }

    /** The events of a trace; what runs side by side in a stage is put on tracks of its own. */
    private static final class Events {
        private final Instant start;
        private final List<Object> events = new ArrayList<>();
        private final Map<Work.Lane, Integer> processes = new LinkedHashMap<>();
        private final Map<Integer, List<Instant>> busyUntil = new LinkedHashMap<>();

        Events(Instant start) {
            this.start = start;
        }

        List<Object> of(List<Step> steps) {
            for (Step step : steps) {
                for (Span run : step.runs()) {
                    int process = process(Work.Lane.of(step.name()));
                    events.add(event(step, run, process, track(process, run)));
                }
            }
            return events;
        }

        private int process(Work.Lane lane) {
            Integer known = processes.get(lane);
            if (known != null) {
                return known;
            }
            int process = processes.size() + 1;
            processes.put(lane, process);
            Map<String, Object> name = new LinkedHashMap<>();
            name.put("name", "process_name");
            name.put("ph", "M");
            name.put("pid", process);
            name.put("args", Map.of("name", Lanes.name(lane)));
            events.add(name);
            return process;
        }

        /** The first one on which nothing runs any more. */
        private int track(int process, Span run) {
            List<Instant> tracks = busyUntil.computeIfAbsent(process, first -> new ArrayList<>());
            for (int i = 0; i < tracks.size(); i++) {
                if (!tracks.get(i).isAfter(run.from())) {
                    tracks.set(i, run.to());
                    return i + 1;
                }
            }
            tracks.add(run.to());
            return tracks.size();
        }

        private Map<String, Object> event(Step step, Span run, int process, int track) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("name", step.name().command());
            event.put("cat", step.kind().name().toLowerCase(Locale.ROOT));
            event.put("ph", "X");
            event.put("ts", micros(new Span(start, run.from()).length()));
            event.put("dur", micros(run.length()));
            event.put("pid", process);
            event.put("tid", track);
            event.put("args", arguments(step));
            return event;
        }

        private static Map<String, Object> arguments(Step step) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            arguments.put("step", step.name().text());
            arguments.put("digest", step.digest());
            arguments.put("state", step.state().name().toLowerCase(Locale.ROOT));
            arguments.put("inputs", step.inputs());
            if (!step.error().isEmpty()) {
                arguments.put("error", step.error());
            }
            if (!step.statuses().isEmpty()) {
                arguments.put(
                        "did", step.statuses().stream().map(Events::status).toList());
            }
            return arguments;
        }

        private static Map<String, Object> status(Status status) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("what", status.id());
            json.put("bytes", status.current());
            Optional<Instant> from = status.started();
            Optional<Instant> to = status.completed();
            if (from.isPresent() && to.isPresent()) {
                json.put("microseconds", micros(new Span(from.get(), to.get()).length()));
            }
            return json;
        }

        private static long micros(Duration time) {
            return time.toNanos() / 1000;
        }
    }
}

package io.buildkitci.progress;

import java.util.List;

/** What one line of buildx's standard error says under {@code --progress=rawjson}. */
public sealed interface ProgressLine {
    /** News of the build, in the order in which BuildKit told them; nothing in it is masked yet. */
    record Update(List<Vertex> vertices, List<Status> statuses, List<Log> logs, List<Warning> warnings)
            implements ProgressLine {
        public Update {
            vertices = List.copyOf(vertices);
            statuses = List.copyOf(statuses);
            logs = List.copyOf(logs);
            warnings = List.copyOf(warnings);
        }
    }

    /** A line for people that buildx wrote between the updates; not masked yet. */
    record Text(String text) implements ProgressLine {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }
}

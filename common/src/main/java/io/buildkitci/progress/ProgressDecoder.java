package io.buildkitci.progress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes buildx's {@code --progress=rawjson}: BuildKit's {@code SolveStatus} as JSON, one a line, with lines for people
 * between. Streaming, because a build can say a million of them. Safe for use by several threads.
 */
public final class ProgressDecoder implements LineDecoder {
    private final JsonFactory json = new JsonFactory();

    /**
     * Of a progress line that is damaged (buildx was killed while it wrote) every whole element is kept and
     * the rest is dropped: shown as text it would carry output in base64, which nothing could mask.
     *
     * @param line without its line end
     */
    @Override
    public ProgressLine decode(String line) {
        if (!line.startsWith("{")) {
            return new ProgressLine.Text(line);
        }
        Collected news = new Collected();
        try (JsonParser parser = json.createParser(line)) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                news.read(parser);
            }
        } catch (IOException damaged) {
            news.damaged = true;
        }
        return news.isProgress() ? news.update() : new ProgressLine.Text(line);
    }

    /** What has been read of a line so far. */
    private static final class Collected {
        private final List<Vertex> vertices = new ArrayList<>();
        private final List<Status> statuses = new ArrayList<>();
        private final List<Log> logs = new ArrayList<>();
        private final List<Warning> warnings = new ArrayList<>();
        private boolean known;
        private boolean unknown;
        private boolean damaged;

        void read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                switch (field) {
                    case "vertexes" -> readAll(parser, p -> vertices.add(ElementReader.vertex(p)));
                    case "statuses" -> readAll(parser, p -> statuses.add(ElementReader.status(p)));
                    case "logs" -> readAll(parser, p -> logs.add(ElementReader.log(p)));
                    case "warnings" -> readAll(parser, p -> warnings.add(ElementReader.warning(p)));
                    default -> {
                        unknown = true;
                        parser.nextToken();
                        parser.skipChildren();
                    }
                }
            }
        }

        private void readAll(JsonParser parser, ElementHandler handler) throws IOException {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL) {
                unknown = true;
                parser.skipChildren();
                return;
            }
            known = true;
            while (token != JsonToken.VALUE_NULL && (token = parser.nextToken()) != JsonToken.END_ARRAY) {
                if (token == null) {
                    return;
                }
                if (token == JsonToken.START_OBJECT) {
                    handler.element(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** An empty object is an update without news. */
        boolean isProgress() {
            return known || (!unknown && !damaged);
        }

        ProgressLine update() {
            return new ProgressLine.Update(vertices, statuses, logs, warnings);
        }
    }

    private interface ElementHandler {
        void element(JsonParser parser) throws IOException;
    }
}

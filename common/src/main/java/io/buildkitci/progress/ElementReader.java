package io.buildkitci.progress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of BuildKit's {@code SolveStatus}; the field names are those of its {@code client/graph.go}. Each
 * method begins at the element's opening brace and ends at its closing one. Unknown fields are skipped, and so are known
 * ones of another type.
 */
final class ElementReader {
    private ElementReader() {}

    static Vertex vertex(JsonParser parser) throws IOException {
        String digest = "";
        List<String> inputs = List.of();
        String name = "";
        Optional<Instant> started = Optional.empty();
        Optional<Instant> completed = Optional.empty();
        boolean cached = false;
        String error = "";
        while (nextField(parser)) {
            switch (parser.currentName()) {
                case "digest" -> digest = text(parser);
                case "inputs" -> inputs = texts(parser);
                case "name" -> name = text(parser);
                case "started" -> started = Rfc3339.parse(text(parser));
                case "completed" -> completed = Rfc3339.parse(text(parser));
                case "cached" -> cached = flag(parser);
                case "error" -> error = text(parser);
                default -> skip(parser);
            }
        }
        return new Vertex(digest, inputs, name, started, completed, cached, error);
    }

    static Status status(JsonParser parser) throws IOException {
        String vertex = "";
        String id = "";
        String name = "";
        long current = 0;
        long total = 0;
        Optional<Instant> started = Optional.empty();
        Optional<Instant> completed = Optional.empty();
        while (nextField(parser)) {
            switch (parser.currentName()) {
                case "vertex" -> vertex = text(parser);
                case "id" -> id = text(parser);
                case "name" -> name = text(parser);
                case "current" -> current = number(parser);
                case "total" -> total = number(parser);
                case "started" -> started = Rfc3339.parse(text(parser));
                case "completed" -> completed = Rfc3339.parse(text(parser));
                default -> skip(parser);
            }
        }
        return new Status(vertex, id, name, current, total, started, completed);
    }

    static Log log(JsonParser parser) throws IOException {
        String vertex = "";
        int stream = 0;
        byte[] data = {};
        while (nextField(parser)) {
            switch (parser.currentName()) {
                case "vertex" -> vertex = text(parser);
                case "stream" -> stream = (int) number(parser);
                case "data" -> data = bytes(parser);
                default -> skip(parser);
            }
        }
        return new Log(vertex, stream, ByteBuffer.wrap(data));
    }

    static Warning warning(JsonParser parser) throws IOException {
        String text = "";
        List<String> detail = List.of();
        String url = "";
        String file = "";
        int[] lines = {0, 0};
        String step = "";
        while (nextField(parser)) {
            switch (parser.currentName()) {
                case "vertex" -> step = text(parser);
                case "short" -> text = decoded(parser);
                case "detail" -> detail = decodedTexts(parser);
                case "url" -> url = text(parser);
                case "sourceInfo" -> file = fileName(parser);
                case "range" -> lines = lines(parser);
                default -> skip(parser);
            }
        }
        return new Warning(text, detail, url, file, lines[0], lines[1], step);
    }

    /** The source itself comes along with every warning and is not wanted. */
    private static String fileName(JsonParser parser) throws IOException {
        String file = "";
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return file;
        }
        while (nextField(parser)) {
            if (parser.currentName().equals("filename")) {
                file = text(parser);
            } else {
                skip(parser);
            }
        }
        return file;
    }

    /** First and last line of {@code [{"start":{"line":4},"end":{"line":4}}]}. */
    private static int[] lines(JsonParser parser) throws IOException {
        int[] lines = {0, 0};
        int depth = 0;
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return lines;
        }
        do {
            if (token == null) {
                return lines;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_NUMBER_INT && "line".equals(parser.currentName())) {
                int line = parser.getValueAsInt();
                lines[0] = lines[0] == 0 ? line : Math.min(lines[0], line);
                lines[1] = Math.max(lines[1], line);
            }
            if (depth > 0) {
                token = parser.nextToken();
            }
        } while (depth > 0);
        return lines;
    }

    /** False at the closing brace. */
    private static boolean nextField(JsonParser parser) throws IOException {
        return parser.nextToken() == JsonToken.FIELD_NAME;
    }

    private static void skip(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    private static String text(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }

    private static boolean flag(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        parser.skipChildren();
        return token == JsonToken.VALUE_TRUE;
    }

    private static long number(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        parser.skipChildren();
        return token == JsonToken.VALUE_NUMBER_INT ? parser.getValueAsLong() : 0;
    }

    private static byte[] bytes(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            return parser.getBinaryValue();
        }
        parser.skipChildren();
        return new byte[0];
    }

    private static String decoded(JsonParser parser) throws IOException {
        return new String(bytes(parser), StandardCharsets.UTF_8);
    }

    private static List<String> texts(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            for (JsonToken token = parser.nextToken(); inArray(token); token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    texts.add(parser.getText());
                }
                parser.skipChildren();
            }
        }
        parser.skipChildren();
        return texts;
    }

    private static List<String> decodedTexts(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            for (JsonToken token = parser.nextToken(); inArray(token); token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    texts.add(new String(parser.getBinaryValue(), StandardCharsets.UTF_8));
                }
                parser.skipChildren();
            }
        }
        parser.skipChildren();
        return texts;
    }

    private static boolean inArray(@Nullable JsonToken token) {
        return token != null && token != JsonToken.END_ARRAY;
    }
}

package io.buildkitci.cacheservice.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.cacheservice.store.Content;
import io.buildkitci.json.PlainJson;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes out. */
sealed interface Reply {
    HttpResponseStatus status();

    /** A short text; no secret in it but addresses that were asked for. */
    record Text(HttpResponseStatus status, String type, String text, Map<String, String> headers) implements Reply {
        public Text {
            headers = Map.copyOf(headers);
        }
    }

    /** A stretch of a content; closed when it is sent. */
    record Stretch(HttpResponseStatus status, Content content, long from, long length, Map<String, String> headers)
            implements Reply {
        public Stretch {
            headers = Map.copyOf(headers);
        }
    }

    /** Says nothing but its status. */
    static Reply empty(HttpResponseStatus status) {
        return new Text(status, "text/plain", "", Map.of());
    }

    static Reply json(HttpResponseStatus status, Map<String, Object> fields) {
        return new Text(status, "application/json", render(fields), Map.of());
    }

    /** A failure as Twirp says it, and once more under the name that BuildKit's client reads. */
    static Reply failure(HttpResponseStatus status, String code, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("msg", message);
        fields.put("message", message);
        return json(status, fields);
    }

    private static String render(Map<String, Object> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PlainJson.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                if (field.getValue() instanceof Boolean flag) {
                    json.writeBoolean(flag);
                } else if (field.getValue() instanceof Number number) {
                    json.writeNumber(number.longValue());
                } else {
                    json.writeString(field.getValue().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a StringWriter
        }
        return text.toString();
    }
}

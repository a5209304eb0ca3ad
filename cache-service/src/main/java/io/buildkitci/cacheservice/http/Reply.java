package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.Content;
import io.buildkitci.json.JsonText;
import io.netty.handler.codec.http.HttpResponseStatus;
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
        return new Text(status, "application/json", JsonText.line(fields), Map.of());
    }

    /** A failure as Twirp says it, and once more under the name that BuildKit's client reads. */
    static Reply failure(HttpResponseStatus status, String code, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("msg", message);
        fields.put("message", message);
        return json(status, fields);
    }
}

package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.trust.BuildPasses;
import io.buildkitci.cacheservice.trust.Tokens;
import io.buildkitci.model.CachePass;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a build asks for before it begins: two tokens of its own for one that lasts, and the sign of this service. */
final class Passing {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{1,64})/(\\d{1,4})");

    private final Service service;

    Passing(Service service) {
        this.service = service;
    }

    Reply pass(Request request) {
        Tokens.Checked checked = service.check(request);
        if (checked instanceof Tokens.Bad bad) {
            return Replies.unauthenticated(bad.reason());
        }
        Tokens.Good lasting = (Tokens.Good) checked;
        if (lasting.ofABuild()) {
            return Replies.denied("a token of one build is not exchanged for others");
        }
        if (lasting.reading().isEmpty()) {
            return Replies.denied("this token reads nothing");
        }
        return json(service.passes().exchange(lasting, List.of(request.baseBefore("/pass"))));
    }

    private static Reply json(CachePass pass) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("read", pass.read().reveal());
        pass.write().ifPresent(write -> fields.put("write", write.reveal()));
        fields.put("scopes", pass.scopes());
        fields.put(
                "sign",
                Map.of("path", pass.sign().path(), "key", pass.sign().key().reveal()));
        return Reply.json(HttpResponseStatus.OK, fields);
    }

    Reply sign(Request request) {
        String path = request.path();
        Matcher name = NAME.matcher(path.substring(path.indexOf(BuildPasses.SIGNS) + BuildPasses.SIGNS.length()));
        if (!name.matches()) {
            return Replies.notFound("there is nothing here");
        }
        String content = service.passes().sign(name.group(1)).content(Integer.parseInt(name.group(2)));
        return new Reply.Text(HttpResponseStatus.OK, "text/plain", content, Map.of());
    }
}

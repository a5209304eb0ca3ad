package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Version 2: three calls of {@code github.actions.results.api.v1.CacheService}, Twirp with JSON. Contents go over signed
 * addresses.
 */
final class TwirpHandler {
    static final String PATH = "/twirp/github.actions.results.api.v1.CacheService/";
    private static final int LONGEST = 64 << 10;

    private final Service service;

    TwirpHandler(Service service) {
        this.service = service;
    }

    Reception receive(Request request) {
        if (!request.method().equals(HttpMethod.POST)) {
            return Reception.of(Replies.wrongMethod());
        }
        return Reception.ofText(LONGEST, body -> service.allowed(request, grant -> call(request, body, grant)));
    }

    private Reply call(Request request, String body, Grant grant) {
        PlainJson fields = PlainJson.parse(body);
        String key = fields.text("key");
        String version = fields.text("version");
        if (!EntryKey.isKey(key) || !EntryKey.isKey(version)) {
            return Replies.malformed(
                    "'key' and 'version' are texts of 1 to " + EntryKey.LONGEST + " visible characters");
        }
        String base = request.baseBefore(PATH);
        String method = request.path().substring(request.path().indexOf(PATH) + PATH.length());
        return switch (method) {
            case "CreateCacheEntry" -> create(base, grant, version, key);
            case "FinalizeCacheEntryUpload" -> finish(fields, grant, version, key);
            case "GetCacheEntryDownloadURL" -> find(base, fields, grant, version, key);
            default -> Reply.failure(HttpResponseStatus.NOT_FOUND, "bad_route", "there is no such call");
        };
    }

    private Reply create(String base, Grant grant, String version, String key) {
        Optional<EntryKey> written = Service.written(grant, version, key);
        if (written.isEmpty()) {
            return Replies.denied("this token only reads");
        }
        if (service.store().exists(written.get())) {
            return Replies.exists();
        }
        try {
            String id = service.store().begin(written.get()).id();
            return ok(Map.of("signed_upload_url", service.upload(base, id)));
        } catch (IOException e) {
            return Replies.refused("the storage failed: " + e.getMessage());
        }
    }

    private Reply finish(PlainJson fields, Grant grant, String version, String key) {
        Optional<EntryKey> written = Service.written(grant, version, key);
        if (written.isEmpty()) {
            return Replies.denied("this token only reads");
        }
        Optional<Long> size = fields.wholeNumber("size_bytes");
        if (size.isEmpty() || size.get() < 0) {
            return Replies.malformed("'size_bytes' is a whole number");
        }
        CacheStore.Finished finished = service.store().finish(written.get(), size.get());
        return finished instanceof CacheStore.Kept kept
                ? ok(Map.of("entry_id", String.valueOf(kept.entry().created())))
                : Replies.refused(((CacheStore.Refused) finished).reason());
    }

    private Reply find(String base, PlainJson fields, Grant grant, String version, String key) {
        List<String> prefixes = fields.values("restore_keys").stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(EntryKey::isKey)
                .limit(Service.MOST_PREFIXES)
                .toList();
        Optional<CacheStore.Found> found = service.find(grant, version, key, prefixes);
        return found.isPresent()
                ? ok(Map.of(
                        "signed_download_url",
                        service.download(base, found.get()),
                        "matched_key",
                        found.get().key().key()))
                : Reply.json(HttpResponseStatus.OK, Map.of("ok", false));
    }

    private static Reply ok(Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ok", true);
        all.putAll(fields);
        return Reply.json(HttpResponseStatus.OK, all);
    }
}

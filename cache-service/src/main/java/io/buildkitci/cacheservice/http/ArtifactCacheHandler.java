package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.store.Upload;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.cacheservice.trust.Tokens;
import io.buildkitci.json.PlainJson;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version 1, below {@code /_apis/artifactcache/}: {@code cache}, {@code caches} and {@code caches/<number>}. */
final class ArtifactCacheHandler {
    static final String PATH = "/_apis/artifactcache/";
    private static final int LONGEST = 64 << 10;
    private static final Pattern STRETCH = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/.*");
    private static final Pattern ONE = Pattern.compile("caches/([1-9]\\d{0,9})");

    private final Service service;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, String> uploads = new ConcurrentHashMap<>();

    ArtifactCacheHandler(Service service) {
        this.service = service;
    }

    Reception receive(Request request) {
        String call = request.path().substring(request.path().indexOf(PATH) + PATH.length());
        Matcher one = ONE.matcher(call);
        if (call.equals("cache") && request.method().equals(HttpMethod.GET)) {
            return Reception.of(service.allowed(request, grant -> find(request, grant)));
        }
        if (call.equals("caches") && request.method().equals(HttpMethod.POST)) {
            return Reception.ofText(LONGEST, body -> service.allowed(request, grant -> create(body, grant)));
        }
        if (one.matches() && request.method().equals(HttpMethod.PATCH)) {
            return stretch(request, one.group(1));
        }
        if (one.matches() && request.method().equals(HttpMethod.POST)) {
            return Reception.ofText(
                    LONGEST, body -> service.allowed(request, grant -> finish(body, one.group(1), grant)));
        }
        return Reception.of(Replies.notFound("there is no such call"));
    }

    private Reply find(Request request, Grant grant) {
        List<String> keys = List.of(request.parameter("keys").orElse("").split(",", -1));
        String version = request.parameter("version").orElse("");
        if (keys.size() > Service.MOST_PREFIXES
                || !keys.stream().allMatch(EntryKey::isKey)
                || !EntryKey.isKey(version)) {
            return Replies.malformed(
                    "'keys' are up to " + Service.MOST_PREFIXES + " texts of visible characters, and 'version' is one");
        }
        Optional<CacheStore.Found> found = service.find(grant, version, keys.get(0), keys);
        if (found.isEmpty()) {
            return Reply.empty(HttpResponseStatus.NO_CONTENT);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cacheKey", found.get().key().key());
        fields.put("scope", found.get().key().scope());
        fields.put("archiveLocation", service.download(request.baseBefore(PATH), found.get()));
        return Reply.json(HttpResponseStatus.OK, fields);
    }

    private Reply create(String body, Grant grant) {
        PlainJson fields = PlainJson.parse(body);
        String key = fields.text("key");
        String version = fields.text("version");
        if (!EntryKey.isKey(key) || !EntryKey.isKey(version)) {
            return Replies.malformed("'key' and 'version' are texts of visible characters");
        }
        Optional<EntryKey> written = Service.written(grant, version, key);
        if (written.isEmpty()) {
            return Replies.denied("this token only reads");
        }
        if (service.store().exists(written.get())) {
            return Replies.exists();
        }
        try {
            String number = String.valueOf(last.incrementAndGet());
            uploads.values().removeIf(id -> service.store().upload(id).isEmpty());
            uploads.put(number, service.store().begin(written.get()).id());
            return Reply.json(HttpResponseStatus.CREATED, Map.of("cacheId", Long.valueOf(number)));
        } catch (IOException e) {
            return Replies.refused("the storage failed: " + e.getMessage());
        }
    }

    /** The upload of a number, if the bearer began it: numbers can be guessed. */
    private Optional<Upload> upload(String number, Grant grant) {
        return Optional.ofNullable(uploads.get(number))
                .flatMap(service.store()::upload)
                .filter(u -> u.key().namespace().equals(grant.namespace())
                        && grant.writable().equals(Optional.of(u.key().scope())));
    }

    private Reception stretch(Request request, String number) {
        Matcher range =
                STRETCH.matcher(request.header(HttpHeaderNames.CONTENT_RANGE).orElse(""));
        if (!range.matches() || Long.parseLong(range.group(2)) < Long.parseLong(range.group(1))) {
            return Reception.of(Replies.malformed("'Content-Range' says which bytes these are"));
        }
        long from = Long.parseLong(range.group(1));
        long length = Long.parseLong(range.group(2)) - from + 1;
        Tokens.Checked checked = service.check(request);
        if (checked instanceof Tokens.Bad bad) {
            return Reception.of(Replies.unauthenticated(bad.reason()));
        }
        return upload(number, ((Tokens.Good) checked).grant())
                .map(upload -> writing(upload, from, length))
                .orElseGet(() -> Reception.of(Replies.notFound("this upload is over, or not this token's")));
    }

    private static Reception writing(Upload upload, long from, long length) {
        upload.reserve(from, length);
        return new Reception() {
            private long received;

            @Override
            public void body(ByteBuf piece) {
                for (ByteBuffer part : piece.nioBuffers()) {
                    int bytes = part.remaining();
                    if (received + bytes <= length) {
                        upload.write(from + received, part);
                    }
                    received += bytes;
                }
            }

            @Override
            public Reply end() {
                if (received != length) {
                    return Replies.malformed("other bytes came than were announced");
                }
                upload.block("%020d".formatted(from), from, length);
                return Reply.empty(HttpResponseStatus.NO_CONTENT);
            }
        };
    }

    private Reply finish(String body, String number, Grant grant) {
        Optional<Upload> upload = upload(number, grant);
        Optional<Long> size = PlainJson.parse(body).wholeNumber("size");
        if (upload.isEmpty()) {
            return Replies.notFound("this upload is over, or not this token's");
        }
        if (size.isEmpty()
                || !upload.get()
                        .assemble(upload.get().blocks().stream().sorted().toList())) {
            return Replies.malformed("'size' is a whole number");
        }
        CacheStore.Finished finished = service.store().finish(upload.get(), size.get());
        uploads.remove(number);
        return finished instanceof CacheStore.Kept
                ? Reply.empty(HttpResponseStatus.NO_CONTENT)
                : Replies.refused(((CacheStore.Refused) finished).reason());
    }
}

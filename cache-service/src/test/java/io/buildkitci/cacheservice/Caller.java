package io.buildkitci.cacheservice;

import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Calls a service as BuildKit's client does. */
public final class Caller {
    private static final String SERVICE = "/twirp/github.actions.results.api.v1.CacheService/";
    static final String VERSION = "v1";

    private final HttpClient http;
    private final String base;
    private final String token;

    private Caller(HttpClient http, String base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    public Caller(String base, String token) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), base, token);
    }

    Caller by(HttpClient other) {
        return new Caller(other, base, token);
    }

    Caller with(String another) {
        return new Caller(base, another);
    }

    static String blobKey(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "buildkit-blob-1-sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<byte[]> send(String method, String url, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        BodyPublisher publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, publisher);
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, Map<String, String> headers) throws IOException, InterruptedException {
        return send("GET", base + path, new byte[0], headers);
    }

    HttpResponse<byte[]> call(String method, String json) throws IOException, InterruptedException {
        Map<String, String> headers = token.isEmpty()
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token);
        return send("POST", base + SERVICE + method, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    static PlainJson json(HttpResponse<byte[]> response) {
        return PlainJson.parse(text(response));
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    HttpResponse<byte[]> create(String key) throws IOException, InterruptedException {
        return call("CreateCacheEntry", "{\"key\":\"%s\",\"version\":\"%s\"}".formatted(key, VERSION));
    }

    HttpResponse<byte[]> finish(String key, long size) throws IOException, InterruptedException {
        return call(
                "FinalizeCacheEntryUpload",
                "{\"key\":\"%s\",\"size_bytes\":%d,\"version\":\"%s\"}".formatted(key, size, VERSION));
    }

    HttpResponse<byte[]> find(String key) throws IOException, InterruptedException {
        return call(
                "GetCacheEntryDownloadURL",
                "{\"key\":\"%1$s\",\"restore_keys\":[\"%1$s\"],\"version\":\"%2$s\"}".formatted(key, VERSION));
    }

    /** Stores a content in one piece; the status of the last call. */
    public int store(String key, byte[] content) throws IOException, InterruptedException {
        HttpResponse<byte[]> created = create(key);
        if (created.statusCode() != 200) {
            return created.statusCode();
        }
        String url = json(created).text("signed_upload_url");
        HttpResponse<byte[]> put = send("PUT", url, content, Map.of("x-ms-blob-type", "BlockBlob"));
        return put.statusCode() == 201 ? finish(key, content.length).statusCode() : put.statusCode();
    }

    /** Where the content of a key can be read; empty text for a miss. */
    public String url(String key) throws IOException, InterruptedException {
        return json(find(key)).text("signed_download_url");
    }
}

package io.buildkitci.cacheservice;

import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntFunction;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** Calls a service as BuildKit's client does, with layers of noise that are many small blocks. */
final class StandInBuilder {
    private static final String CALLS = "/twirp/github.actions.results.api.v1.CacheService/";
    private static final int BLOCK = 16 << 10;
    private static final int BLOCKS = 8;
    private static final int PATIENCE = (int) Duration.ofSeconds(30).toMillis();

    private final String base;
    private final String token;
    private final SSLContext trusting;
    private final IntFunction<byte[]> random;

    /**
     * @param base without a slash at its end
     * @param trusting used for https only
     * @param random so many bytes
     */
    StandInBuilder(String base, String token, SSLContext trusting, IntFunction<byte[]> random) {
        this.base = base;
        this.token = token;
        this.trusting = trusting;
        this.random = random;
    }

    /** Stores one layer and an index that lists it, then looks the layer up and reads it. */
    void exportAndImport() throws IOException {
        byte[] layer = random.apply(BLOCK * BLOCKS);
        String digest = sha256(layer);
        String key = "buildkit-blob-1-sha256:" + digest;
        String to = create(key);
        StringBuilder list = new StringBuilder("<BlockList>");
        for (int i = 0; i < BLOCKS; i++) {
            put(to + "?comp=block&blockid=" + i, Arrays.copyOfRange(layer, i * BLOCK, (i + 1) * BLOCK));
            list.append("<Latest>").append(i).append("</Latest>");
        }
        put(to + "?comp=blocklist", bytes(list.append("</BlockList>").toString()));
        finish(key, layer.length);
        byte[] index = bytes("{\"layers\":[{\"blob\":\"sha256:" + digest + "\"}],\"records\":[]}");
        put(create("index-main#" + digest), index);
        finish("index-main#" + digest, index.length);
        String found = call("GetCacheEntryDownloadURL", key, ",\"restore_keys\":[\"" + key + "\"]");
        send("GET", PlainJson.parse(found).text("signed_download_url"), new byte[0]);
    }

    private String create(String key) throws IOException {
        return PlainJson.parse(call("CreateCacheEntry", key, "")).text("signed_upload_url");
    }

    private void put(String url, byte[] content) throws IOException {
        send("PUT", url, content);
    }

    private void finish(String key, int size) throws IOException {
        call("FinalizeCacheEntryUpload", key, ",\"size_bytes\":" + size);
    }

    private String call(String method, String key, String more) throws IOException {
        return send("POST", base + CALLS + method, bytes("{\"key\":\"" + key + "\",\"version\":\"1\"" + more + "}"));
    }

    private String send(String method, String url, byte[] body) throws IOException {
        HttpURLConnection http = (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        if (http instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(trusting.getSocketFactory());
            https.setHostnameVerifier((host, session) -> true); // the certificate is the one of this service
        }
        http.setConnectTimeout(PATIENCE);
        http.setReadTimeout(PATIENCE);
        http.setRequestMethod(method);
        http.setRequestProperty("Authorization", "Bearer " + token);
        if (body.length > 0) {
            http.setDoOutput(true);
            http.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = http.getOutputStream()) {
                out.write(body);
            }
        }
        try (InputStream in = http.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}

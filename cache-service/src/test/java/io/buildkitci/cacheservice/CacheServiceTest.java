package io.buildkitci.cacheservice;

import static io.buildkitci.cacheservice.Served.LIFE;
import static io.buildkitci.cacheservice.Served.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents in and out over the network, as clients send and ask for them. */
class CacheServiceTest extends ServedDirectory {
    private static final Grant FORK = Grant.ofFork("job", "8", Optional.of("refs/heads/main"));

    @Test
    void aContentGoesInAndComesOut() throws Exception {
        Caller main = served.bearer(MAIN);
        assertThat(Caller.text(main.find(KEY))).isEqualTo("{\"ok\":false}");
        assertThat(main.store(KEY, LAYER)).isEqualTo(200);
        assertThat(Caller.json(main.find(KEY)).text("matched_key")).isEqualTo(KEY);
        HttpResponse<byte[]> read = main.send("GET", main.url(KEY), new byte[0], Map.of());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(LAYER);
    }

    @Test
    void whatIsThereIsNotTakenAgain() throws Exception {
        Caller main = served.bearer(MAIN);
        main.store(KEY, LAYER);
        HttpResponse<byte[]> again = main.create(KEY);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Caller.json(again).text("code")).isEqualTo("already_exists");
        assertThat(Caller.json(again).text("message")).contains("already exists");
    }

    @Test
    void aLargeContentComesInBlocksAndEveryAnswerHasTheIdThatTheClientReads() throws Exception {
        byte[] large = Served.bytes(3_500_000, 5);
        Caller main = served.bearer(MAIN);
        String key = Caller.blobKey(large);
        String url = Caller.json(main.create(key)).text("signed_upload_url");
        StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (int from = 0, block = 0; from < large.length; from += 1 << 20, block++) {
            byte[] part = Arrays.copyOfRange(large, from, Math.min(large.length, from + (1 << 20)));
            HttpResponse<byte[]> put = main.send("PUT", url + "?comp=block&blockid=b" + block, part, Map.of());
            assertThat(put.statusCode()).isEqualTo(201);
            assertThat(put.headers().firstValue("x-ms-request-id")).isPresent();
            list.append("<Latest>b").append(block).append("</Latest>");
        }
        byte[] xml = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(main.finish(key, large.length).statusCode()).isEqualTo(412);
        assertThat(main.send("PUT", url + "?comp=blocklist", xml, Map.of()).statusCode())
                .isEqualTo(201);
        assertThat(main.finish(key, large.length).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> read = main.send("GET", main.url(key), new byte[0], Map.of());
        assertThat(read.headers().firstValue("x-ms-request-id")).isPresent();
        assertThat(read.body()).isEqualTo(large);
    }

    @Test
    void aStretchOfAContentIsGiven() throws Exception {
        Caller main = served.bearer(MAIN);
        main.store(KEY, LAYER);
        for (String header : List.of("Range", "x-ms-range")) {
            HttpResponse<byte[]> part = main.send("GET", main.url(KEY), new byte[0], Map.of(header, "bytes=2-6"));
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-6/" + LAYER.length);
            assertThat(new String(part.body(), StandardCharsets.UTF_8)).isEqualTo("layer");
        }
        assertThat(main.send("GET", main.url(KEY), new byte[0], Map.of("Range", "bytes=900-"))
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void theFirstVersionOfTheProtocolIsSpokenToo() throws Exception {
        byte[] content = Served.bytes(100_000, 6);
        String key = Caller.blobKey(content);
        String api = served.base() + "/_apis/artifactcache/";
        Map<String, String> token =
                Map.of("Authorization", "Bearer " + served.service().mint(MAIN, LIFE));
        Caller main = served.bearer(MAIN);
        String query = "cache?keys=" + key.replace(":", "%3A") + "&version=v1";
        assertThat(main.send("GET", api + query, new byte[0], token).statusCode())
                .isEqualTo(204);
        byte[] reserve = "{\"key\":\"%s\",\"version\":\"v1\"}".formatted(key).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> created = main.send("POST", api + "caches", reserve, token);
        assertThat(created.statusCode()).isEqualTo(201);
        String caches = api + "caches/" + Caller.json(created).number("cacheId");
        for (int from : new int[] {60_000, 0}) {
            byte[] part = Arrays.copyOfRange(content, from, from == 0 ? 60_000 : 100_000);
            Map<String, String> headers = Map.of(
                    "Authorization", token.get("Authorization"),
                    "Content-Range", "bytes %d-%d/*".formatted(from, from + part.length - 1));
            assertThat(main.send("PATCH", caches, part, headers).statusCode()).isEqualTo(204);
        }
        byte[] size = "{\"size\":100000}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> stranger =
                Map.of("Authorization", "Bearer " + served.service().mint(FORK, LIFE));
        assertThat(main.send("POST", caches, size, stranger).statusCode()).isEqualTo(404);
        assertThat(main.send("POST", caches, size, token).statusCode()).isEqualTo(204);
        PlainJson found = Caller.json(main.send("GET", api + query, new byte[0], token));
        assertThat(found.text("cacheKey")).isEqualTo(key);
        assertThat(main.send("GET", found.text("archiveLocation"), new byte[0], Map.of())
                        .body())
                .isEqualTo(content);
        assertThat(main.send("POST", api + "caches", reserve, token).statusCode())
                .isEqualTo(409);
    }

    @Test
    void aDamagedContentIsNotGiven() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        Files.writeString(served.file(LAYER), "A layer of some bytes");
        served.again();
        Caller main = served.bearer(MAIN);
        assertThat(main.url(KEY)).isEmpty();
        assertThat(main.store(KEY, LAYER)).isEqualTo(200);
    }

    @Test
    void anUploadThatBreaksOffIsNotFinished() throws Exception {
        Caller main = served.bearer(MAIN);
        String url = Caller.json(main.create(KEY)).text("signed_upload_url");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), served.service().address().getPort())) {
            String head = "PUT " + url.substring(served.base().length()) + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                    + LAYER.length + "\r\n\r\na lay";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
        assertThat(main.finish(KEY, LAYER.length).statusCode()).isEqualTo(412);
        assertThat(main.url(KEY)).isEmpty();
        assertThat(main.store(KEY, LAYER)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /blob/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /blob/down/%2f%2e%2e/x/y HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /blob/down/99999999999999999999/x/y HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /twirp/github.actions.results.api.v1.CacheService/Other HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void badRequestsAreRefusedAndTheServiceGoesOn(String request) throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), served.service().address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(12), StandardCharsets.UTF_8);
            assertThat(status).startsWith("HTTP/1.1 4");
        }
        assertThat(served.bearer(MAIN).store(KEY, LAYER)).isEqualTo(200);
    }

    @Test
    void noBodyOfACallMakesItFail() throws Exception {
        Random random = new Random(17);
        Caller main = served.bearer(MAIN);
        String json =
                "{\"key\":\"%s\",\"restore_keys\":[\"%s\"],\"version\":\"v1\",\"size_bytes\":21}".formatted(KEY, KEY);
        for (String method : List.of("CreateCacheEntry", "FinalizeCacheEntryUpload", "GetCacheEntryDownloadURL")) {
            for (int i = 0; i < 150; i++) {
                StringBuilder text = new StringBuilder(json);
                for (int change = random.nextInt(4); change >= 0; change--) {
                    text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x200));
                }
                assertThat(main.call(method, text.toString()).statusCode())
                        .as(text.toString())
                        .isIn(200, 400, 409, 412);
            }
        }
        String long_ = "k".repeat(600);
        assertThat(main.create(long_).statusCode()).isEqualTo(400);
        assertThat(main.call("CreateCacheEntry", "x".repeat(100_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void manyAtOnceEachGetTheirOwn() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        for (int client = 0; client < 16; client++) {
            byte[] content = Served.bytes(200_000 + client, client);
            Caller main = served.bearer(MAIN);
            Thread thread = new Thread(() -> {
                try {
                    String key = Caller.blobKey(content);
                    int stored = main.store(key, content);
                    byte[] read = main.send("GET", main.url(key), new byte[0], Map.of())
                            .body();
                    if (stored != 200 || !Arrays.equals(read, content)) {
                        wrong.add("status " + stored + ", " + read.length + " bytes");
                    }
                } catch (IOException | InterruptedException e) {
                    wrong.add(e.toString());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(served.service().store().totals().contents()).isEqualTo(16);
    }
}

package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import io.buildkitci.local.Unguessable;
import io.buildkitci.model.CachePass;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service over the network, as its clients see it. */
class CacheServiceTest {
    private static final Grant MAIN = Grant.ofBranch("job", "refs/heads/main", Optional.empty(), Optional.empty());
    private static final Grant CHANGE =
            Grant.ofBranch("job", "refs/pull/7", Optional.of("refs/heads/main"), Optional.of("refs/heads/main"));
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final byte[] LAYER = "a layer of some bytes".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = Caller.blobKey(LAYER);

    @TempDir
    Path directory;

    private final List<Exchanged> exchanged = new CopyOnWriteArrayList<>();
    private CacheService service;

    @BeforeEach
    void start() throws Exception {
        service = started();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private CacheService started() throws IOException {
        return CacheService.start(
                new Settings(
                        directory,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Limits.of(1 << 24, 1 << 24),
                        Optional.empty(),
                        Optional.empty()),
                InstantSource.system(),
                Unguessable::bytes,
                exchanged::add);
    }

    private String base() {
        return "http://127.0.0.1:" + service.address().getPort();
    }

    private Caller bearer(Grant grant) {
        return new Caller(base(), service.mint(grant, LIFE));
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aContentGoesInAndComesOut() throws Exception {
        Caller main = bearer(MAIN);
        assertThat(Caller.text(main.find(KEY))).isEqualTo("{\"ok\":false}");
        assertThat(main.store(KEY, LAYER)).isEqualTo(200);
        assertThat(Caller.json(main.find(KEY)).text("matched_key")).isEqualTo(KEY);
        HttpResponse<byte[]> read = main.send("GET", main.url(KEY), new byte[0], Map.of());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(LAYER);
    }

    @Test
    void aTokenInTheAddressReadsAndNeverWrites() throws Exception {
        CachePass pass = service.passes().open(MAIN, List.of(base()));
        Caller writer = new Caller(base(), pass.write().orElseThrow().reveal());
        assertThat(writer.store(KEY, LAYER)).isEqualTo(200);
        byte[] other = bytes(20, 9);
        for (String inPath :
                List.of(pass.read().reveal(), pass.write().orElseThrow().reveal())) {
            Caller reader = new Caller(base() + "/r/" + inPath, "eyJhbGciOiJub25lIn0.e30.");
            String url = reader.url(KEY);
            assertThat(url).startsWith(base() + "/blob/").doesNotContain(inPath);
            assertThat(reader.send("GET", url, new byte[0], Map.of()).body()).isEqualTo(LAYER);
            assertThat(Caller.json(reader.create(Caller.blobKey(other))).text("code"))
                    .isEqualTo("permission_denied");
        }
        assertThat(exchanged.toString()).doesNotContain(pass.read().reveal());
    }

    @Test
    void whatThePathSaysCountsBeforeTheHeader() throws Exception {
        String good = service.mint(MAIN, LIFE);
        Caller forged = new Caller(base() + "/r/" + good.substring(0, good.length() - 3) + "AAA", good);
        assertThat(forged.find(KEY).statusCode()).isEqualTo(401);
    }

    private HttpResponse<byte[]> post(String path, String token) throws Exception {
        return new Caller(base(), token)
                .send("POST", base() + path, new byte[0], Map.of("Authorization", "Bearer " + token));
    }

    @Test
    void aTokenThatLastsIsExchangedForTwoThatEndTogether() throws Exception {
        PlainJson pass = Caller.json(post("/pass", service.mint(CHANGE, LIFE)));
        assertThat(pass.values("scopes")).isEqualTo(List.of("refs/pull/7", "refs/heads/main"));
        Caller writer = new Caller(base(), pass.text("write"));
        assertThat(writer.store(KEY, LAYER)).isEqualTo(200);
        assertThat(new Caller(base(), pass.text("read")).create(KEY).statusCode())
                .isEqualTo(403);
        for (String ofABuild : List.of(pass.text("read"), pass.text("write"))) {
            assertThat(post("/pass", ofABuild).statusCode()).isEqualTo(403);
        }

        assertThat(post("/revoke", pass.text("read")).statusCode()).isEqualTo(204);
        assertThat(writer.find(KEY).statusCode()).isEqualTo(401);
    }

    @Test
    void whoOnlyReadsGetsNoTokenToWrite() throws Exception {
        assertThat(Caller.json(post("/pass", service.mint(MAIN.readOnly(), LIFE)))
                        .has("write"))
                .isFalse();
        assertThat(post("/pass", "x.y.z").statusCode()).isEqualTo(401);
        assertThat(new Caller(base(), "").get("/pass", Map.of()).statusCode()).isEqualTo(405);
    }

    @Test
    void aSignIsWhatOnlyTheServiceCanMake() throws Exception {
        CachePass.Sign sign = service.passes().open(MAIN, List.of(base())).sign();
        Caller anybody = new Caller(base(), "");
        assertThat(Caller.text(anybody.get(sign.path(3), Map.of()))).isEqualTo(sign.content(3));
        assertThat(sign.content(3)).isNotEqualTo(sign.content(4));
        for (String wrong : List.of("/sign/", "/sign/abc", "/sign/ABC/1", "/sign/../metrics", "/sign/a/12345")) {
            assertThat(anybody.get(wrong, Map.of()).statusCode()).as(wrong).isEqualTo(404);
        }
    }

    @Test
    void whatIsThereIsNotTakenAgain() throws Exception {
        Caller main = bearer(MAIN);
        main.store(KEY, LAYER);
        HttpResponse<byte[]> again = main.create(KEY);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Caller.json(again).text("code")).isEqualTo("already_exists");
        assertThat(Caller.json(again).text("message")).contains("already exists");
    }

    @Test
    void aLargeContentComesInBlocksAndEveryAnswerHasTheIdThatTheClientReads() throws Exception {
        byte[] large = bytes(3_500_000, 5);
        Caller main = bearer(MAIN);
        String key = Caller.blobKey(large);
        String url = Caller.json(main.create(key)).text("signed_upload_url");
        StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (int from = 0, block = 0; from < large.length; from += 1 << 20, block++) {
            byte[] part = java.util.Arrays.copyOfRange(large, from, Math.min(large.length, from + (1 << 20)));
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
        Caller main = bearer(MAIN);
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
        byte[] content = bytes(100_000, 6);
        String key = Caller.blobKey(content);
        String api = base() + "/_apis/artifactcache/";
        Map<String, String> token = Map.of("Authorization", "Bearer " + service.mint(MAIN, LIFE));
        Caller main = bearer(MAIN);
        String query = "cache?keys=" + key.replace(":", "%3A") + "&version=v1";
        assertThat(main.send("GET", api + query, new byte[0], token).statusCode())
                .isEqualTo(204);
        byte[] reserve = "{\"key\":\"%s\",\"version\":\"v1\"}".formatted(key).getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> created = main.send("POST", api + "caches", reserve, token);
        assertThat(created.statusCode()).isEqualTo(201);
        String caches = api + "caches/" + Caller.json(created).number("cacheId");
        for (int from : new int[] {60_000, 0}) {
            byte[] part = java.util.Arrays.copyOfRange(content, from, from == 0 ? 60_000 : 100_000);
            Map<String, String> headers = Map.of(
                    "Authorization", token.get("Authorization"),
                    "Content-Range", "bytes %d-%d/*".formatted(from, from + part.length - 1));
            assertThat(main.send("PATCH", caches, part, headers).statusCode()).isEqualTo(204);
        }
        byte[] size = "{\"size\":100000}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> stranger = Map.of("Authorization", "Bearer " + service.mint(CHANGE, LIFE));
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
    void aChangeReadsItsTargetAndWritesItselfOnly() throws Exception {
        byte[] own = bytes(50, 1);
        Caller main = bearer(MAIN);
        Caller change = bearer(CHANGE);
        main.store(KEY, LAYER);
        assertThat(change.url(KEY)).isNotEmpty();
        assertThat(change.store(Caller.blobKey(own), own)).isEqualTo(200);
        assertThat(change.url(Caller.blobKey(own))).isNotEmpty();
        assertThat(main.url(Caller.blobKey(own))).isEmpty();
        Caller another = bearer(Grant.ofFork("job", "8", Optional.of("refs/heads/main")));
        assertThat(another.url(KEY)).isNotEmpty();
        assertThat(another.url(Caller.blobKey(own))).isEmpty();
        Caller elsewhere = bearer(new Grant("other", MAIN.readable(), MAIN.writable()));
        assertThat(elsewhere.url(KEY)).isEmpty();
    }

    @Test
    void whatAnotherScopeHasIsTakenInAsIfItWereNew() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        Caller elsewhere = bearer(new Grant("other", MAIN.readable(), MAIN.writable()));
        assertThat(elsewhere.store(KEY, "not the bytes".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(412);
        assertThat(elsewhere.store(KEY, LAYER)).isEqualTo(200);
        assertThat(service.store().totals().contents()).isEqualTo(1);
    }

    @Test
    void aReadOnlyTokenReads() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        Caller reader = bearer(MAIN.readOnly());
        assertThat(reader.url(KEY)).isNotEmpty();
        HttpResponse<byte[]> created = reader.create("another");
        assertThat(created.statusCode()).isEqualTo(403);
        assertThat(Caller.json(created).text("code")).isEqualTo("permission_denied");
        assertThat(reader.finish("another", 1).statusCode()).isEqualTo(403);
    }

    @Test
    void nothingIsServedWithoutAToken() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        Caller nobody = new Caller(base(), "");
        for (HttpResponse<byte[]> answer : List.of(
                nobody.find(KEY),
                nobody.create("k"),
                nobody.with("e30.e30.e30").find(KEY),
                nobody.get("/_apis/artifactcache/cache?keys=" + KEY + "&version=v1", Map.of()))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Caller.json(answer).text("message")).isNotEmpty();
        }
        assertThat(nobody.get("/admin/stats", Map.of()).statusCode()).isEqualTo(401);
        assertThat(nobody.get("/admin/stats", Map.of("Authorization", "Bearer " + service.mint(MAIN, LIFE)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/blob/", Map.of()).statusCode()).isEqualTo(403);
        assertThat(nobody.get("/", Map.of()).statusCode()).isEqualTo(404);
        assertThat(nobody.get("/healthz", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressToReadIsNoneToWrite() throws Exception {
        Caller main = bearer(MAIN);
        main.store(KEY, LAYER);
        String up = Caller.json(main.create("another")).text("signed_upload_url");
        assertThat(main.send("PUT", main.url(KEY), LAYER, Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(main.send("GET", up, new byte[0], Map.of()).statusCode()).isEqualTo(403);
        assertThat(main.send("PUT", up.substring(0, up.length() - 3) + "abc", LAYER, Map.of())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoeverHasATokenCanEndItAndARestartBringsItNotBack() throws Exception {
        String token = service.mint(MAIN, LIFE);
        Caller main = new Caller(base(), token);
        main.store(KEY, LAYER);
        assertThat(main.send("POST", base() + "/revoke", new byte[0], Map.of("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(204);
        assertThat(main.find(KEY).statusCode()).isEqualTo(401);
        service.close();
        service = started();
        assertThat(new Caller(base(), token).find(KEY).statusCode()).isEqualTo(401);
        assertThat(bearer(MAIN).url(KEY)).isNotEmpty();
    }

    @Test
    void aDamagedContentIsNotGiven() throws Exception {
        Caller main = bearer(MAIN);
        main.store(KEY, LAYER);
        service.close();
        String sha256 = KEY.substring(KEY.indexOf(':') + 1);
        Files.writeString(
                directory.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256), "A layer of some bytes");
        service = started();
        main = bearer(MAIN);
        assertThat(main.url(KEY)).isEmpty();
        assertThat(main.store(KEY, LAYER)).isEqualTo(200);
    }

    @Test
    void anUploadThatBreaksOffIsNotFinished() throws Exception {
        Caller main = bearer(MAIN);
        String url = Caller.json(main.create(KEY)).text("signed_upload_url");
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            String head = "PUT " + url.substring(base().length()) + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
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
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String status = new String(in.readNBytes(12), StandardCharsets.UTF_8);
            assertThat(status).startsWith("HTTP/1.1 4");
        }
        assertThat(bearer(MAIN).store(KEY, LAYER)).isEqualTo(200);
    }

    @Test
    void noBodyOfACallMakesItFail() throws Exception {
        Random random = new Random(17);
        Caller main = bearer(MAIN);
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
        List<Thread> threads = new java.util.ArrayList<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        for (int client = 0; client < 16; client++) {
            byte[] content = bytes(200_000 + client, client);
            Caller main = bearer(MAIN);
            Thread thread = new Thread(() -> {
                try {
                    String key = Caller.blobKey(content);
                    int stored = main.store(key, content);
                    byte[] read = main.send("GET", main.url(key), new byte[0], Map.of())
                            .body();
                    if (stored != 200 || !java.util.Arrays.equals(read, content)) {
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
        assertThat(service.store().totals().contents()).isEqualTo(16);
    }

    @Test
    void itsNumbersAreForThisMachineOrItsOwner() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        bearer(MAIN).url(KEY);
        String metrics = Caller.text(new Caller(base(), "").get("/metrics", Map.of()));
        assertThat(metrics)
                .contains("buildkit_ci_cache_stored_bytes " + LAYER.length)
                .contains("buildkit_ci_cache_hits_total 1")
                .contains("requests_total{route=\"blob\",status=\"201\"} 1");
        PlainJson stats = Caller.json(owner("GET", "/admin/stats"));
        assertThat(stats.wholeNumber("bytes")).contains((long) LAYER.length);
        assertThat(stats.objects("namespaces").get(0).text("name")).isEqualTo("job");
    }

    @Test
    void itsOwnerDropsAndRenames() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        bearer(CHANGE).store(KEY, LAYER);
        assertThat(owner("POST", "/admin/rename?from=job&to=team%2Fjob%20two").statusCode())
                .isEqualTo(204);
        assertThat(bearer(MAIN).url(KEY)).isEmpty();
        Grant renamed = new Grant("team/job two", MAIN.readable(), MAIN.writable());
        assertThat(bearer(renamed).url(KEY)).isNotEmpty();
        assertThat(owner("POST", "/admin/drop?namespace=team%2Fjob%20two&scope=refs/heads/main")
                        .statusCode())
                .isEqualTo(204);
        assertThat(bearer(renamed).url(KEY)).isEmpty();
        assertThat(bearer(new Grant("team/job two", CHANGE.readable(), Optional.empty()))
                        .url(KEY))
                .isNotEmpty();
        assertThat(owner("POST", "/admin/drop?namespace=team%2Fjob%20two").statusCode())
                .isEqualTo(204);
        assertThat(service.store().totals().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/drop",
                "/admin/drop?namespace=",
                "/admin/drop?namespace=job&scope=",
                "/admin/drop?namespace=a%00b",
                "/admin/rename?from=job",
                "/admin/rename?from=job&to=%20"
            })
    void anOwnerWhoNamesNothingIsTold(String call) throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        HttpResponse<byte[]> answer = owner("POST", call);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Caller.json(answer).text("message")).contains("namespace");
        assertThat(bearer(MAIN).url(KEY)).isNotEmpty();
    }

    @Test
    void onlyTheOwnerDropsAndOnlyByPost() throws Exception {
        bearer(MAIN).store(KEY, LAYER);
        String drop = "/admin/drop?namespace=job";
        assertThat(owner("GET", drop).statusCode()).isEqualTo(405);
        Map<String, String> build = Map.of("Authorization", "Bearer " + service.mint(MAIN, LIFE));
        assertThat(bearer(MAIN).send("POST", base() + drop, new byte[0], build).statusCode())
                .isEqualTo(401);
        assertThat(bearer(MAIN).url(KEY)).isNotEmpty();
    }

    private HttpResponse<byte[]> owner(String method, String call) throws Exception {
        byte[] secret = Files.readString(directory.resolve("secret")).strip().getBytes(StandardCharsets.UTF_8);
        String token = CacheService.adminToken(secret, InstantSource.system());
        return new Caller(base(), "")
                .send(method, base() + call, new byte[0], Map.of("Authorization", "Bearer " + token));
    }

    @Test
    void itsLogNamesNoTokenKeyOrAddress() throws Exception {
        Caller main = bearer(MAIN);
        main.store(KEY, LAYER);
        main.send("GET", main.url(KEY), new byte[0], Map.of());
        assertThat(exchanged)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(one -> assertThat(one.toString())
                        .doesNotContain(KEY)
                        .doesNotContain("/blob/")
                        .doesNotContain("eyJ"));
        assertThat(exchanged).extracting(Exchanged::route).contains("twirp", "blob");
    }

    @Test
    void itsSecretIsItsOwn() throws Exception {
        Path secret = directory.resolve("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        String before = Files.readString(secret);
        service.close();
        service = started();
        assertThat(Files.readString(secret)).isEqualTo(before);
        Path weak = Files.writeString(directory.resolve("weak"), "too short");
        assertThatThrownBy(() -> Secret.read(weak)).hasMessageContaining("a secret has at least 32");
    }
}

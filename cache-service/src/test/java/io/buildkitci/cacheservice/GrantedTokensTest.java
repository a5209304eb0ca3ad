package io.buildkitci.cacheservice;

import static io.buildkitci.cacheservice.Served.LIFE;
import static io.buildkitci.cacheservice.Served.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.CachePass;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What bearers of good tokens can do, and no more. */
class GrantedTokensTest extends ServedDirectory {
    private static final Grant CHANGE =
            Grant.ofBranch("job", "refs/pull/7", Optional.of("refs/heads/main"), Optional.of("refs/heads/main"));

    @Test
    void aTokenInTheAddressReadsAndNeverWrites() throws Exception {
        CachePass pass = served.service().passes().open(MAIN, List.of(served.base()));
        Caller writer = new Caller(served.base(), pass.write().orElseThrow().reveal());
        assertThat(writer.store(KEY, LAYER)).isEqualTo(200);
        byte[] other = Served.bytes(20, 9);
        for (String inPath :
                List.of(pass.read().reveal(), pass.write().orElseThrow().reveal())) {
            Caller reader = new Caller(served.base() + "/r/" + inPath, "eyJhbGciOiJub25lIn0.e30.");
            String url = reader.url(KEY);
            assertThat(url).startsWith(served.base() + "/blob/").doesNotContain(inPath);
            assertThat(reader.send("GET", url, new byte[0], Map.of()).body()).isEqualTo(LAYER);
            assertThat(Caller.json(reader.create(Caller.blobKey(other))).text("code"))
                    .isEqualTo("permission_denied");
        }
        assertThat(served.exchanged().toString()).doesNotContain(pass.read().reveal());
    }

    @Test
    void whatThePathSaysCountsBeforeTheHeader() throws Exception {
        String good = served.service().mint(MAIN, LIFE);
        Caller forged = new Caller(served.base() + "/r/" + changed(good), good);
        assertThat(forged.find(KEY).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatLastsIsExchangedForTwoThatEndTogether() throws Exception {
        PlainJson pass = Caller.json(post("/pass", served.service().mint(CHANGE, LIFE)));
        assertThat(pass.values("scopes")).isEqualTo(List.of("refs/pull/7", "refs/heads/main"));
        Caller writer = new Caller(served.base(), pass.text("write"));
        assertThat(writer.store(KEY, LAYER)).isEqualTo(200);
        assertThat(new Caller(served.base(), pass.text("read")).create(KEY).statusCode())
                .isEqualTo(403);
        for (String ofABuild : List.of(pass.text("read"), pass.text("write"))) {
            assertThat(post("/pass", ofABuild).statusCode()).isEqualTo(403);
        }

        assertThat(post("/revoke", pass.text("read")).statusCode()).isEqualTo(204);
        assertThat(writer.find(KEY).statusCode()).isEqualTo(401);
    }

    @Test
    void whoOnlyReadsGetsNoTokenToWrite() throws Exception {
        assertThat(Caller.json(post("/pass", served.service().mint(MAIN.readOnly(), LIFE)))
                        .has("write"))
                .isFalse();
        assertThat(post("/pass", "x.y.z").statusCode()).isEqualTo(401);
        assertThat(new Caller(served.base(), "").get("/pass", Map.of()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<byte[]> post(String path, String token) throws Exception {
        return new Caller(served.base(), token)
                .send("POST", served.base() + path, new byte[0], Map.of("Authorization", "Bearer " + token));
    }

    @Test
    void aSignIsWhatOnlyTheServiceCanMake() throws Exception {
        CachePass.Sign sign =
                served.service().passes().open(MAIN, List.of(served.base())).sign();
        Caller anybody = new Caller(served.base(), "");
        assertThat(Caller.text(anybody.get(sign.path(3), Map.of()))).isEqualTo(sign.content(3));
        assertThat(sign.content(3)).isNotEqualTo(sign.content(4));
        for (String wrong : List.of("/sign/", "/sign/abc", "/sign/ABC/1", "/sign/../metrics", "/sign/a/12345")) {
            assertThat(anybody.get(wrong, Map.of()).statusCode()).as(wrong).isEqualTo(404);
        }
    }

    @Test
    void aChangeReadsItsTargetAndWritesItselfOnly() throws Exception {
        byte[] own = Served.bytes(50, 1);
        Caller main = served.bearer(MAIN);
        Caller change = served.bearer(CHANGE);
        main.store(KEY, LAYER);
        assertThat(change.url(KEY)).isNotEmpty();
        assertThat(change.store(Caller.blobKey(own), own)).isEqualTo(200);
        assertThat(change.url(Caller.blobKey(own))).isNotEmpty();
        assertThat(main.url(Caller.blobKey(own))).isEmpty();
        Caller another = served.bearer(Grant.ofFork("job", "8", Optional.of("refs/heads/main")));
        assertThat(another.url(KEY)).isNotEmpty();
        assertThat(another.url(Caller.blobKey(own))).isEmpty();
        Caller elsewhere = served.bearer(new Grant("other", MAIN.readable(), MAIN.writable()));
        assertThat(elsewhere.url(KEY)).isEmpty();
    }

    @Test
    void whatAnotherScopeHasIsTakenInAsIfItWereNew() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        Caller elsewhere = served.bearer(new Grant("other", MAIN.readable(), MAIN.writable()));
        assertThat(elsewhere.store(KEY, "not the bytes".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(412);
        assertThat(elsewhere.store(KEY, LAYER)).isEqualTo(200);
        assertThat(served.service().store().totals().contents()).isEqualTo(1);
    }

    @Test
    void aReadOnlyTokenReads() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        Caller reader = served.bearer(MAIN.readOnly());
        assertThat(reader.url(KEY)).isNotEmpty();
        HttpResponse<byte[]> created = reader.create("another");
        assertThat(created.statusCode()).isEqualTo(403);
        assertThat(Caller.json(created).text("code")).isEqualTo("permission_denied");
        assertThat(reader.finish("another", 1).statusCode()).isEqualTo(403);
    }

    @Test
    void nothingIsServedWithoutAToken() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        Caller nobody = new Caller(served.base(), "");
        for (HttpResponse<byte[]> answer : List.of(
                nobody.find(KEY),
                nobody.create("k"),
                nobody.with("e30.e30.e30").find(KEY),
                nobody.get("/_apis/artifactcache/cache?keys=" + KEY + "&version=v1", Map.of()))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Caller.json(answer).text("message")).isNotEmpty();
        }
        assertThat(nobody.get("/admin/stats", Map.of()).statusCode()).isEqualTo(401);
        assertThat(nobody.get(
                                "/admin/stats",
                                Map.of(
                                        "Authorization",
                                        "Bearer " + served.service().mint(MAIN, LIFE)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/blob/", Map.of()).statusCode()).isEqualTo(403);
        assertThat(nobody.get("/", Map.of()).statusCode()).isEqualTo(404);
        assertThat(nobody.get("/healthz", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressToReadIsNoneToWrite() throws Exception {
        Caller main = served.bearer(MAIN);
        main.store(KEY, LAYER);
        String up = Caller.json(main.create("another")).text("signed_upload_url");
        assertThat(main.send("PUT", main.url(KEY), LAYER, Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(main.send("GET", up, new byte[0], Map.of()).statusCode()).isEqualTo(403);
        assertThat(main.send("PUT", changed(up), LAYER, Map.of()).statusCode()).isEqualTo(403);
    }

    /** Another character near the end, where each counts; the last one may carry bits that count for nothing. */
    private static String changed(String signed) {
        int at = signed.length() - 3;
        return signed.substring(0, at) + (signed.charAt(at) == 'a' ? 'b' : 'a') + signed.substring(at + 1);
    }

    @Test
    void whoeverHasATokenCanEndItAndARestartBringsItNotBack() throws Exception {
        String token = served.service().mint(MAIN, LIFE);
        Caller main = new Caller(served.base(), token);
        main.store(KEY, LAYER);
        assertThat(main.send("POST", served.base() + "/revoke", new byte[0], Map.of("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(204);
        assertThat(main.find(KEY).statusCode()).isEqualTo(401);
        served.again();
        assertThat(new Caller(served.base(), token).find(KEY).statusCode()).isEqualTo(401);
        assertThat(served.bearer(MAIN).url(KEY)).isNotEmpty();
    }
}

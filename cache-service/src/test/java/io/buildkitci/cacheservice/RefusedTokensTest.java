package io.buildkitci.cacheservice;

import static io.buildkitci.cacheservice.Served.LIFE;
import static io.buildkitci.cacheservice.Served.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.trust.Grant;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are not good enough, by every call of both protocols. */
class RefusedTokensTest extends ServedDirectory {
    @BeforeEach
    void storeALayer() throws Exception {
        assertThat(served.bearer(MAIN).store(KEY, LAYER)).isEqualTo(200);
    }

    /** The answers to every call that needs a token. */
    private List<HttpResponse<byte[]>> everyCall(String token) throws Exception {
        Caller caller = served.bearer(token);
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
        String v1 = served.base() + "/_apis/artifactcache/";
        byte[] json = "{\"key\":\"k\",\"version\":\"v1\",\"size\":1}".getBytes(StandardCharsets.UTF_8);
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        answers.add(caller.create("k"));
        answers.add(caller.finish(KEY, LAYER.length));
        answers.add(caller.find(KEY));
        answers.add(caller.send("GET", v1 + "cache?keys=k&version=v1", new byte[0], bearer));
        answers.add(caller.send("POST", v1 + "caches", json, bearer));
        answers.add(caller.send("POST", v1 + "caches/1", json, bearer));
        answers.add(caller.send(
                "PATCH",
                v1 + "caches/1",
                json,
                Map.of("Authorization", "Bearer " + token, "Content-Range", "bytes 0-" + (json.length - 1) + "/*")));
        answers.add(caller.send("POST", served.base() + "/revoke", new byte[0], bearer));
        answers.add(caller.send("GET", served.base() + "/admin/stats", new byte[0], bearer));
        answers.add(caller.send("POST", served.base() + "/admin/drop?namespace=job", new byte[0], bearer));
        return answers;
    }

    private void assertRefused(String token, String because) throws Exception {
        List<HttpResponse<byte[]>> answers = everyCall(token);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Caller.json(answer).text("code")).isEqualTo("unauthenticated");
        });
        assertThat(Caller.json(answers.get(0)).text("message")).isEqualTo(because);
        assertThat(served.bearer(MAIN).url(KEY)).isNotEmpty();
    }

    @Test
    void oneThatHasExpired() throws Exception {
        String token = served.service().mint(MAIN, LIFE);
        served.later(LIFE.plus(Duration.ofMinutes(2)));
        assertRefused(token, "the token has expired");
    }

    @Test
    void oneThatIsNotGoodYet() throws Exception {
        served.later(Duration.ofHours(2));
        String token = served.service().mint(MAIN, LIFE);
        served.later(Duration.ofHours(-2));
        assertRefused(token, "the token is not one of this service");
    }

    @Test
    void oneThatWasSignedByAnother() throws Exception {
        byte[] another = "another secret of more than 32 bytes".getBytes(StandardCharsets.UTF_8);
        assertRefused(signed(claims(), "HS256", another), "the token is not one of this service");
    }

    @Test
    void oneThatIsNotSigned() throws Exception {
        String head = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        String body = served.service().mint(MAIN, LIFE).split("\\.", -1)[1];
        for (String token : List.of(head + "." + body + ".", head + "." + body + "." + base64("x"))) {
            assertRefused(token, "the token is not one of this service");
        }
    }

    @Test
    void oneThatWasSignedByTheRightSecretInAnotherWay() throws Exception {
        byte[] longer = new byte[64];
        System.arraycopy(served.secret(), 0, longer, 0, 64);
        assertRefused(signed(claims(), "HS512", longer), "the token is not one of this service");
    }

    @Test
    void oneThatWasCutOffOrChangedAnywhere() throws Exception {
        String token = served.service().mint(MAIN, LIFE);
        for (int length = 1; length < token.length(); length += 7) {
            assertThat(served.bearer(token.substring(0, length)).find(KEY).statusCode())
                    .isEqualTo(401);
        }
        for (int at = 0; at < token.length() - 1; at += 5) { // the last character carries bits that count for nothing
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(served.bearer(changed).find(KEY).statusCode()).isEqualTo(401);
        }
        assertRefused(token.substring(0, token.length() / 2), "the token is not one of this service");
    }

    @Test
    void oneWithoutAnEndAnIdOrSomethingThatItAllows() throws Exception {
        for (String missing : List.of("exp", "nbf", "jti", "ns", "ac", "iss", "aud")) {
            JwtClaims claims = claims();
            claims.unsetClaim(missing);
            assertRefused(signed(claims, "HS256", served.secret()), "the token is not one of this service");
        }
        assertRefused(
                signed(claims(), "HS256", served.secret()).replace('.', ' '), "the token is not one of this service");
        assertRefused("", "a bearer token is needed");
    }

    @Test
    void oneForAnotherScopeReadsNothingOfThisOne() throws Exception {
        for (Grant other : List.of(
                new Grant("job", List.of("refs/heads/mai"), Optional.of("refs/heads/mai")),
                new Grant("job", List.of("refs/heads/main2"), Optional.empty()),
                new Grant("jo", MAIN.readable(), MAIN.writable()),
                new Grant("job2", MAIN.readable(), MAIN.writable()))) {
            assertThat(Caller.text(served.bearer(other).find(KEY))).isEqualTo("{\"ok\":false}");
        }
    }

    @Test
    void oneThatOnlyReadsWritesNothingByEitherProtocol() throws Exception {
        String token = served.service().mint(MAIN.readOnly(), LIFE);
        List<HttpResponse<byte[]>> answers = everyCall(token);
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsExactly(403, 403, 200, 204, 403, 404, 404, 204, 401, 401);
        assertThat(Caller.json(answers.get(0)).text("message")).isEqualTo("this token only reads");
        assertThat(served.service().store().totals().uploads()).isZero();
    }

    private JwtClaims claims() throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKey(new HmacKey(served.secret()))
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(served.service().mint(MAIN, LIFE));
    }

    private static String signed(JwtClaims claims, String algorithm, byte[] secret) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(new HmacKey(secret));
        signature.setAlgorithmHeaderValue(algorithm);
        return signature.getCompactSerialization();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

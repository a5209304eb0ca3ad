package io.buildkitci.cacheservice;

import static io.buildkitci.cacheservice.Served.LIFE;
import static io.buildkitci.cacheservice.Served.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.cacheservice.trust.Grant;
import io.buildkitci.json.PlainJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of a service is told, can do, and need not fear. */
class OwnersCallsTest extends ServedDirectory {
    private static final Grant CHANGE =
            Grant.ofBranch("job", "refs/pull/7", Optional.of("refs/heads/main"), Optional.of("refs/heads/main"));

    @Test
    void itsNumbersAreForThisMachineOrItsOwner() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        served.bearer(MAIN).url(KEY);
        assertThat(metrics("requests_total{route=\"blob\",status=\"201\"} 1"))
                .contains("buildkit_ci_cache_stored_bytes " + LAYER.length)
                .contains("buildkit_ci_cache_hits_total 1");
        PlainJson stats = Caller.json(owner("GET", "/admin/stats"));
        assertThat(stats.wholeNumber("bytes")).contains((long) LAYER.length);
        assertThat(stats.objects("namespaces").get(0).text("name")).isEqualTo("job");
    }

    /** With a line that comes with the end of a request, which is counted when its answer is gone. */
    private String metrics(String line) throws Exception {
        Caller anybody = new Caller(served.base(), "");
        String metrics = Caller.text(anybody.get("/metrics", Map.of()));
        for (int looks = 0; !metrics.contains(line) && looks < 1000; looks++) {
            TimeUnit.MILLISECONDS.sleep(20);
            metrics = Caller.text(anybody.get("/metrics", Map.of()));
        }
        assertThat(metrics).contains(line);
        return metrics;
    }

    @Test
    void itsOwnerDropsAndRenames() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        served.bearer(CHANGE).store(KEY, LAYER);
        assertThat(owner("POST", "/admin/rename?from=job&to=team%2Fjob%20two").statusCode())
                .isEqualTo(204);
        assertThat(served.bearer(MAIN).url(KEY)).isEmpty();
        Grant renamed = new Grant("team/job two", MAIN.readable(), MAIN.writable());
        assertThat(served.bearer(renamed).url(KEY)).isNotEmpty();
        assertThat(owner("POST", "/admin/drop?namespace=team%2Fjob%20two&scope=refs/heads/main")
                        .statusCode())
                .isEqualTo(204);
        assertThat(served.bearer(renamed).url(KEY)).isEmpty();
        assertThat(served.bearer(new Grant("team/job two", CHANGE.readable(), Optional.empty()))
                        .url(KEY))
                .isNotEmpty();
        assertThat(owner("POST", "/admin/drop?namespace=team%2Fjob%20two").statusCode())
                .isEqualTo(204);
        assertThat(served.service().store().totals().bytes()).isZero();
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
        served.bearer(MAIN).store(KEY, LAYER);
        HttpResponse<byte[]> answer = owner("POST", call);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Caller.json(answer).text("message")).contains("namespace");
        assertThat(served.bearer(MAIN).url(KEY)).isNotEmpty();
    }

    @Test
    void onlyTheOwnerDropsAndOnlyByPost() throws Exception {
        served.bearer(MAIN).store(KEY, LAYER);
        String drop = "/admin/drop?namespace=job";
        assertThat(owner("GET", drop).statusCode()).isEqualTo(405);
        Map<String, String> build =
                Map.of("Authorization", "Bearer " + served.service().mint(MAIN, LIFE));
        assertThat(served.bearer(MAIN)
                        .send("POST", served.base() + drop, new byte[0], build)
                        .statusCode())
                .isEqualTo(401);
        assertThat(served.bearer(MAIN).url(KEY)).isNotEmpty();
    }

    private HttpResponse<byte[]> owner(String method, String call) throws Exception {
        return new Caller(served.base(), "")
                .send(
                        method,
                        served.base() + call,
                        new byte[0],
                        Map.of("Authorization", "Bearer " + served.ownersToken()));
    }

    @Test
    void itsLogNamesNoTokenKeyOrAddress() throws Exception {
        Caller main = served.bearer(MAIN);
        main.store(KEY, LAYER);
        main.send("GET", main.url(KEY), new byte[0], Map.of());
        assertThat(served.exchanged())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(one -> assertThat(one.toString())
                        .doesNotContain(KEY)
                        .doesNotContain("/blob/")
                        .doesNotContain("eyJ"));
        assertThat(served.exchanged()).extracting(Exchanged::route).contains("twirp", "blob");
    }

    @Test
    void itsSecretIsItsOwn() throws Exception {
        Path secret = directory.resolve("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        String before = Files.readString(secret);
        served.again();
        assertThat(Files.readString(secret)).isEqualTo(before);
        Path weak = Files.writeString(directory.resolve("weak"), "too short");
        assertThatThrownBy(() -> Secret.read(weak)).hasMessageContaining("a secret has at least 32");
    }
}

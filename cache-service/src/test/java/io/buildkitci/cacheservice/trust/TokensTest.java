package io.buildkitci.cacheservice.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Grant BRANCH = Grant.ofBranch(
            "team/app", "refs/heads/feature", Optional.of("refs/heads/next"), Optional.of("refs/heads/main"));

    private static final class Remembered implements Revocations {
        private final Set<String> ids = new HashSet<>();

        @Override
        public boolean isRevoked(String id) {
            return ids.contains(id);
        }

        @Override
        public void revoke(String id, Instant expires) {
            ids.add(id);
        }
    }

    private final Tokens tokens = at(NOW);

    private static Tokens at(Instant time) {
        return new Tokens(SECRET, InstantSource.fixed(time), new Remembered());
    }

    private static String payload(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenSaysWhatItsBearerMayDo() {
        Tokens.Checked checked = tokens.check(tokens.mint("id", BRANCH, Duration.ofHours(1)));
        assertThat(checked).isEqualTo(new Tokens.Good("id", BRANCH, NOW.plusSeconds(3600), false));
        assertThat(tokens.check(tokens.mint("id", BRANCH.readOnly(), Duration.ofHours(1))))
                .isEqualTo(new Tokens.Good("id", BRANCH.readOnly(), NOW.plusSeconds(3600), false));
    }

    @Test
    void theClientReadsItsScopesFromIt() {
        assertThat(payload(tokens.mint("id", BRANCH, Duration.ofHours(1))))
                .contains("\\\"Scope\\\":\\\"refs\\/heads\\/feature\\\",\\\"Permission\\\":3".replace("\\/", "/"))
                .contains("\\\"Scope\\\":\\\"refs/heads/main\\\",\\\"Permission\\\":1")
                .contains("\"exp\":" + NOW.plusSeconds(3600).getEpochSecond())
                .contains("\"nbf\":" + NOW.minusSeconds(60).getEpochSecond())
                .contains("\"jti\":\"id\"");
    }

    @Test
    void aForkReadsTheDefaultBranchAndWritesWhatNobodyElseReads() {
        Grant fork = Grant.ofFork("app", "PR-7", Optional.of("main"));
        assertThat(fork.readable()).containsExactly("fork/PR-7", "main");
        assertThat(fork.writable()).contains("fork/PR-7");
    }

    @Test
    void aTokenEndsWithItsTime() {
        String token = tokens.mint("id", BRANCH, Duration.ofHours(1));
        assertThat(at(NOW.plusSeconds(3599)).check(token)).isInstanceOf(Tokens.Good.class);
        assertThat(at(NOW.plusSeconds(3601)).check(token)).isEqualTo(new Tokens.Bad("the token has expired"));
        assertThat(at(NOW.minusSeconds(61)).check(token)).isInstanceOf(Tokens.Bad.class);
    }

    @Test
    void aTokenThatIsKnownEndsWithItsTimeToo() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        Tokens moving = new Tokens(SECRET, now::get, new Remembered());
        String token = moving.mint("id", BRANCH, Duration.ofHours(1));
        Tokens.Good good = new Tokens.Good("id", BRANCH, NOW.plusSeconds(3600), false);
        assertThat(moving.check(token)).isEqualTo(good);
        now.set(NOW.plusMillis(3_599_999));
        assertThat(moving.check(token)).isEqualTo(good);
        now.set(NOW.plusSeconds(3600));
        assertThat(moving.check(token)).isEqualTo(new Tokens.Bad("the token has expired"));
        now.set(NOW.minusSeconds(61));
        assertThat(moving.check(token)).isInstanceOf(Tokens.Bad.class);
        now.set(NOW.minusSeconds(60));
        assertThat(moving.check(token)).isEqualTo(good);
    }

    @Test
    void moreTokensThanAreKnownAreEachWhatTheyAre() {
        List<String> all = IntStream.range(0, KnownTokens.MOST + 100)
                .mapToObj(i -> tokens.mint("id" + i, BRANCH, Duration.ofHours(1)))
                .toList();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < all.size(); i++) {
                assertThat(tokens.check(all.get(i)))
                        .isEqualTo(new Tokens.Good("id" + i, BRANCH, NOW.plusSeconds(3600), false));
            }
        }
    }

    @Test
    void ofTheTokensThatAreKnownTheOneThatWasUsedLastStays() {
        KnownTokens known = new KnownTokens();
        Tokens.Good good = new Tokens.Good("id", BRANCH, NOW, false);
        for (int i = 0; i <= KnownTokens.MOST; i++) {
            known.put("token " + i, new KnownTokens.Known(good, NOW, Optional.empty()));
            assertThat(known.get("token 0")).isPresent();
        }
        assertThat(known.get("token 1")).isEmpty();
        assertThat(known.get("token 2")).isPresent();
    }

    @Test
    void aRevokedTokenIsOver() {
        String token = tokens.mint("id", BRANCH, Duration.ofHours(1));
        tokens.revoke((Tokens.Good) tokens.check(token));
        assertThat(tokens.check(token)).isEqualTo(new Tokens.Bad("the token was revoked"));
    }

    @Test
    void theTokensOfABuildEndTogetherAndWithTheOneTheyWereGivenFor() {
        Tokens.Pair pair = tokens.pair("build", BRANCH, NOW.plusSeconds(60), "lasting");
        Tokens.Good read = new Tokens.Good("build", BRANCH.readOnly(), NOW.plusSeconds(60), true);
        assertThat(tokens.check(pair.read())).isEqualTo(read);
        assertThat(tokens.check(pair.write().orElseThrow()))
                .isEqualTo(new Tokens.Good("build", BRANCH, NOW.plusSeconds(60), true));
        assertThat(pair.toString()).doesNotContain(pair.read());
        Tokens.Pair other = tokens.pair("other", BRANCH, NOW.plusSeconds(60), "lasting");

        tokens.revoke(read);
        assertThat(tokens.check(pair.write().orElseThrow())).isEqualTo(new Tokens.Bad("the token was revoked"));
        assertThat(tokens.check(other.read())).isInstanceOf(Tokens.Good.class);

        tokens.revoke(new Tokens.Good("lasting", BRANCH, NOW.plusSeconds(60), false));
        assertThat(tokens.check(other.read())).isEqualTo(new Tokens.Bad("the token was revoked"));
    }

    @Test
    void aBuildThatOnlyReadsHasOneToken() {
        assertThat(tokens.pair("build", BRANCH.readOnly(), NOW.plusSeconds(60), "")
                        .write())
                .isEmpty();
    }

    @Test
    void nothingButItsOwnSignatureCounts() {
        String token = tokens.mint("id", BRANCH, Duration.ofHours(1));
        String[] parts = token.split("\\.", -1);
        assertThat(tokens.check(token)).isInstanceOf(Tokens.Good.class);
        String wider = encoded(payload(token).replace("feature", "main"));
        byte[] another = "another secret of thirty-two bytes".getBytes(StandardCharsets.UTF_8);
        for (String forged : List.of(
                encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".",
                encoded("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2],
                encoded("{\"alg\":\"HS512\"}") + "." + parts[1] + "." + parts[2],
                parts[0] + "." + wider + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                token.substring(0, token.length() - 2),
                token + "A",
                "",
                "..",
                new Tokens(another, InstantSource.fixed(NOW), new Remembered())
                        .mint("id", BRANCH, Duration.ofHours(1)))) {
            assertThat(tokens.check(forged)).as(forged).isInstanceOf(Tokens.Bad.class);
        }
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(7);
        String token = tokens.mint("id", BRANCH, Duration.ofHours(1));
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(token);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x250));
            }
            if (!text.toString().equals(token)) {
                tokens.check(text.toString());
            }
        }
        assertThat(tokens.check("x".repeat(20_000))).isEqualTo(new Tokens.Bad("the token is too long"));
    }

    @Test
    void aWeakSecretIsNone() {
        assertThatThrownBy(() -> new Tokens(new byte[31], InstantSource.system(), new Remembered()))
                .hasMessageContaining("32 bytes");
    }

    @Test
    void aRestartBringsNoTokenBackAndForgetsThoseThatAreOver(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("revoked.mv");
        try (KeptRevocations kept = KeptRevocations.open(file, InstantSource.fixed(NOW))) {
            kept.revoke("over soon", NOW.plusSeconds(10));
            kept.revoke("id", NOW.plusSeconds(3600));
        }
        try (KeptRevocations kept = KeptRevocations.open(file, InstantSource.fixed(NOW.plusSeconds(60)))) {
            assertThat(kept.isRevoked("id")).isTrue();
            kept.revoke("another", NOW.plusSeconds(3600));
            assertThat(kept.isRevoked("over soon")).isFalse();
            assertThat(kept.isRevoked("id")).isTrue();
        }
    }
}

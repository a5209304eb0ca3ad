package io.buildkitci.cacheservice.trust;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Makes and checks tokens: JWTs signed by HMAC-SHA256, with the claims that BuildKit's client reads without checking
 * them ({@code exp}, {@code nbf}, and {@code ac}: a JSON text with scopes and permission bits, 1 to read, 2 to write).
 */
public final class Tokens {
    /** Bytes that a secret must have at least: as many as the digest. */
    public static final int SECRET = 32;

    private static final String ISSUER = "buildkit-ci";
    private static final String AUDIENCE = "buildkit-ci-cache";
    private static final String NAMESPACE = "ns";
    private static final String SCOPES = "ac";
    /** Of tokens of one build: the id of the token that they were given for, which can be empty. */
    private static final String FOR = "for";

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int LONGEST = 16_384;
    private static final int SKEW_SECONDS = 60;

    private final HmacKey key;
    private final InstantSource clock;
    private final Revocations revocations;
    private final KnownTokens known = new KnownTokens();

    /** @param secret of at least {@link #SECRET} bytes */
    public Tokens(byte[] secret, InstantSource clock, Revocations revocations) {
        if (secret.length < SECRET) {
            throw new IllegalArgumentException("a secret of fewer than " + SECRET + " bytes");
        }
        this.key = new HmacKey(secret);
        this.clock = clock;
        this.revocations = revocations;
    }

    /** What a token was found to be. */
    public sealed interface Checked {}

    /**
     * It is good.
     *
     * @param ofABuild whether it was made for one build, and so for nothing else
     */
    public record Good(String id, Grant grant, Instant expires, boolean ofABuild) implements Checked {
        /** One that only reads, whatever it may do otherwise; empty when it reads nothing. */
        public Optional<Good> reading() {
            return grant.readable().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Good(id, grant.readOnly(), expires, ofABuild));
        }
    }

    /** It is not, for a reason that may be told. */
    public record Bad(String reason) implements Checked {}

    /**
     * Two tokens of one build; to revoke one is to revoke both.
     *
     * @param read reads and does nothing else
     * @param write empty where nothing is written
     */
    public record Pair(String read, Optional<String> write) {
        /** Names no token. */
        @Override
        public String toString() {
            return "Pair[write=" + write.isPresent() + "]";
        }
    }

    /** @param id by which it can be revoked; nobody can guess it */
    public String mint(String id, Grant grant, Duration life) {
        return signed(claims(id, grant, clock.instant().plus(life)));
    }

    /**
     * @param id of both
     * @param lasting the id of the token for which they are given, and with which they end; empty for none
     */
    public Pair pair(String id, Grant grant, Instant until, String lasting) {
        JwtClaims read = claims(id, grant.readOnly(), until);
        JwtClaims write = claims(id, grant, until);
        read.setStringClaim(FOR, lasting);
        write.setStringClaim(FOR, lasting);
        return new Pair(signed(read), grant.writable().map(scope -> signed(write)));
    }

    private JwtClaims claims(String id, Grant grant, Instant until) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setJwtId(id);
        claims.setIssuedAt(date(now));
        claims.setNotBefore(date(now.minusSeconds(SKEW_SECONDS)));
        claims.setExpirationTime(date(until));
        claims.setStringClaim(NAMESPACE, grant.namespace());
        claims.setStringClaim(SCOPES, scopes(grant));
        return claims;
    }

    private String signed(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("HMAC-SHA256 is in every Java", e);
        }
    }

    private static NumericDate date(Instant time) {
        return NumericDate.fromSeconds(time.getEpochSecond());
    }

    private static String scopes(Grant grant) {
        List<Map<String, Object>> scopes = new ArrayList<>();
        for (String scope : grant.readable()) {
            scopes.add(scope(scope, grant.writable().equals(Optional.of(scope)) ? READ | WRITE : READ));
        }
        grant.writable()
                .filter(scope -> !grant.readable().contains(scope))
                .ifPresent(scope -> scopes.add(scope(scope, WRITE)));
        return JsonText.line(scopes);
    }

    private static Map<String, Object> scope(String name, int permission) {
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("Scope", name);
        scope.put("Permission", permission);
        return scope;
    }

    /** Never throws, whatever the text. */
    public Checked check(String token) {
        if (token.length() > LONGEST) {
            return new Bad("the token is too long");
        }
        Optional<KnownTokens.Known> seen = known.get(token).filter(k -> k.isInTime(clock.instant()));
        if (seen.isPresent()) {
            return unlessRevoked(seen.get());
        }
        try {
            KnownTokens.Known verified = verified(consumer().processToClaims(token));
            known.put(token, verified);
            return unlessRevoked(verified);
        } catch (InvalidJwtException e) {
            return new Bad(e.hasExpired() ? "the token has expired" : "the token is not one of this service");
        } catch (MalformedClaimException | IOException | IllegalArgumentException e) {
            return new Bad("the token is not one of this service");
        }
    }

    private static KnownTokens.Known verified(JwtClaims claims) throws MalformedClaimException, IOException {
        Optional<String> lasting = Optional.ofNullable(claims.getStringClaimValue(FOR));
        Grant grant = grant(text(claims, NAMESPACE), text(claims, SCOPES));
        Good good = new Good(claims.getJwtId(), grant, time(claims.getExpirationTime()), lasting.isPresent());
        return new KnownTokens.Known(good, time(claims.getNotBefore()), lasting);
    }

    private static Instant time(NumericDate date) {
        return Instant.ofEpochSecond(date.getValue());
    }

    private Checked unlessRevoked(KnownTokens.Known token) {
        boolean revoked = revocations.isRevoked(token.good().id())
                || token.lasting().filter(revocations::isRevoked).isPresent();
        return revoked ? new Bad("the token was revoked") : token.good();
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        return Optional.ofNullable(claims.getStringClaimValue(name)).orElse("");
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setVerificationKey(key)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setRequireExpirationTime()
                .setRequireNotBefore()
                .setRequireJwtId()
                .setEvaluationTime(date(clock.instant()))
                .build();
    }

    private static Grant grant(String namespace, String scopes) throws IOException {
        List<String> readable = new ArrayList<>();
        Optional<String> writable = Optional.empty();
        try (JsonParser json = PlainJson.FACTORY.createParser(scopes.getBytes(StandardCharsets.UTF_8))) {
            String scope = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    scope = json.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    int permission = json.getIntValue();
                    if ((permission & READ) != 0) {
                        readable.add(scope);
                    }
                    writable = (permission & WRITE) != 0 ? Optional.of(scope) : writable;
                }
            }
        }
        return new Grant(namespace, readable, writable);
    }

    /** Ends a token before its time. */
    public void revoke(Good token) {
        revocations.revoke(token.id(), token.expires());
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "Tokens";
    }
}

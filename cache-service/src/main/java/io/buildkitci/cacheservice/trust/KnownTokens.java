package io.buildkitci.cacheservice.trust;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that were verified last: one comes with every call of a build, and to verify it again takes more than the call. Of
 * a token only the SHA-256 is kept, so that neither memory nor time tells its text.
 */
final class KnownTokens {
    /** More than are in use at once by any number of builds that one service can serve. */
    static final int MOST = 1000;

    private final Map<ByteBuffer, Known> all = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What stays true of a token: whether its time is, and whether it was revoked, is another matter.
     *
     * @param lasting the id of the token that it was given for, of a token of one build
     */
    record Known(Tokens.Good good, Instant notBefore, Optional<String> lasting) {
        boolean isInTime(Instant now) {
            return !now.isBefore(notBefore) && now.isBefore(good.expires());
        }
    }

    synchronized Optional<Known> get(String token) {
        return Optional.ofNullable(all.get(digest(token)));
    }

    synchronized void put(String token, Known known) {
        all.put(digest(token), known);
        if (all.size() > MOST) {
            all.remove(all.keySet().iterator().next());
        }
    }

    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}

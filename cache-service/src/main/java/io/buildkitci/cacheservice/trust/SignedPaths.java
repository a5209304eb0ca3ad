package io.buildkitci.cacheservice.trust;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses that carry their own permission: for one thing, in one direction, for minutes. They need no token, which the
 * client does not send with contents.
 */
public final class SignedPaths {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PARTS = 4;
    private static final int LONGEST = 4096;

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Duration life;

    /** Which way a content goes. */
    public enum Direction {
        UP,
        DOWN;

        String word() {
            return this == UP ? "up" : "down";
        }
    }

    /** @param secret of the service; what is signed here can never be taken for a token */
    public SignedPaths(byte[] secret, InstantSource clock, Duration life) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(secret, ALGORITHM), "buildkit-ci-cache paths"), ALGORITHM);
        this.clock = clock;
        this.life = life;
    }

    /** The path for something, in one direction; it ends when its time is over. */
    public String sign(Direction direction, String subject) {
        long until = clock.instant().plus(life).getEpochSecond();
        String signed = direction.word() + "/" + until + "/"
                + base64().encodeToString(subject.getBytes(StandardCharsets.UTF_8));
        return signed + "/" + base64().encodeToString(mac(key, signed));
    }

    /** What a path is for; empty when it was not signed here, for another direction, or is over. */
    public Optional<String> verify(Direction direction, String path) {
        String[] parts = path.split("/", -1);
        if (path.length() > LONGEST || parts.length != PARTS || !parts[0].equals(direction.word())) {
            return Optional.empty();
        }
        String signed = parts[0] + "/" + parts[1] + "/" + parts[2];
        byte[] signature = base64().encode(mac(key, signed));
        if (!MessageDigest.isEqual(signature, parts[PARTS - 1].getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        boolean over = clock.instant().getEpochSecond() > Long.parseLong(parts[1]);
        return over
                ? Optional.empty()
                : Optional.of(new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8));
    }

    /** A text that only who has the secret can know, for something that is named. */
    public String mark(String subject) {
        return base64().encodeToString(mac(key, "mark/" + subject));
    }

    private static Base64.Encoder base64() {
        return Base64.getUrlEncoder().withoutPadding();
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e); // every Java has it, and takes any key
        }
    }
}

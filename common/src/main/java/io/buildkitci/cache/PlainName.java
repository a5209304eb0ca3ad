package io.buildkitci.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text as a name of letters, digits, '_', '.' and '-'; a hash follows where it had to be changed or cut. */
final class PlainName {
    private static final int HASH = 12;

    private PlainName() {}

    static String of(String text, int longest) {
        String plain = text.replaceAll("[^a-zA-Z0-9_.-]", "-");
        if (plain.equals(text) && plain.length() <= longest) {
            return plain;
        }
        int room = longest - HASH - 1;
        return plain.substring(0, Math.min(plain.length(), room)) + "-" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

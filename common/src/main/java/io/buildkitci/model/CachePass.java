package io.buildkitci.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What one build has of a cache service: where it is, and two tokens that end with the build.
 *
 * @param addresses where the service may be reached, by whoever it is, in order of preference: {@code http://host:8321},
 *     without a slash at the end
 * @param read a token that only reads; builders keep its text
 * @param write a token that reads the same and writes the first of the scopes; empty for a build that may only read
 * @param scopes that the tokens read, in order of preference
 * @param sign what tells the service from another one
 */
public record CachePass(List<String> addresses, Secret read, Optional<Secret> write, List<String> scopes, Sign sign) {
    public CachePass {
        addresses = List.copyOf(addresses);
        scopes = List.copyOf(scopes);
        if (addresses.isEmpty() || scopes.isEmpty()) {
            throw new IllegalArgumentException("a pass without an address or a scope");
        }
    }

    /**
     * Files that only the service can serve, as many as wanted: a builder that has one has seen the service.
     *
     * @param path below its address, beginning with a slash
     * @param key what they are made with
     */
    public record Sign(String path, Secret key) {
        /** Where the file of a number is. */
        public String path(int number) {
            return path + "/" + number;
        }

        /** The SHA-256 of that file, in hexadecimal. */
        public String sha256(int number) {
            return sha256(content(number));
        }

        /** What the file holds. */
        public String content(int number) {
            return sha256(key.reveal() + "/" + number);
        }

        private static String sha256(String text) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }
    }
}

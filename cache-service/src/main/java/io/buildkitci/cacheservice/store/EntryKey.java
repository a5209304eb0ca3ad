package io.buildkitci.cacheservice.store;

import java.util.Optional;

/**
 * What an entry is stored under.
 *
 * @param namespace whose cache it is: a job, a project; nothing is ever read across two of them
 * @param scope the branch, in the client's word ({@code refs/heads/main})
 * @param version which the client makes of what it stores; another version is another entry
 * @param key the client's own
 */
public record EntryKey(String namespace, String scope, String version, String key) {
    /** The longest key that is stored, in characters; BuildKit's own are below 200. */
    public static final int LONGEST = 512;

    private static final String BLOB = "buildkit-blob-1-sha256:";
    private static final String INDEX = "index-";
    private static final char END = '\0';
    private static final int HEX_DIGITS = 64;

    public EntryKey {
        if ((namespace + scope + version + key).indexOf(END) >= 0) {
            throw new IllegalArgumentException("a NUL in a key");
        }
    }

    /** Whether it is text that can be a key. */
    public static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }

    /** @param stored as {@link #render} gave it */
    public static EntryKey parse(String stored) {
        String[] parts = stored.split(String.valueOf(END), -1);
        return new EntryKey(parts[0], parts[1], parts[2], parts[3]);
    }

    /** In the index, entries of one namespace, of one scope in it, and of one prefix of a key lie side by side. */
    public String render() {
        return prefix(namespace, scope) + version + END + key;
    }

    /** The same in another namespace. */
    EntryKey in(String other) {
        return new EntryKey(other, scope, version, key);
    }

    static String prefix(String namespace) {
        return namespace + END;
    }

    static String prefix(String namespace, String scope) {
        return prefix(namespace) + scope + END;
    }

    /** The namespace and the scope of which {@link #prefix(String, String)} made a prefix. */
    static String[] names(String prefix) {
        return prefix.split(String.valueOf(END), 2 + 1);
    }

    /** The SHA-256 that the content must have, in hexadecimal; empty where the key does not say. */
    public Optional<String> digest() {
        String hex = key.startsWith(BLOB) ? key.substring(BLOB.length()) : "";
        return Optional.of(hex).filter(EntryKey::isDigest);
    }

    /** Whether its content lists the blobs of a cache. */
    boolean isIndex() {
        return key.startsWith(INDEX);
    }

    /** What all generations of an index have in common: BuildKit counts them up behind a {@code #}. */
    Optional<EntryKey> generations() {
        int counter = key.lastIndexOf('#');
        return isIndex() && counter > 0
                ? Optional.of(new EntryKey(namespace, scope, version, key.substring(0, counter + 1)))
                : Optional.empty();
    }

    static boolean isDigest(String hex) {
        return hex.length() == HEX_DIGITS
                && hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}

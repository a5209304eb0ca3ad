package io.buildkitci.cacheservice.store;

import java.util.List;

/**
 * What is kept, and what was done since the start.
 *
 * @param bytes of all contents, each once
 * @param contents how many of them
 * @param uploads on their way in now
 * @param namespaces by name
 */
public record Stats(long bytes, long quota, int contents, int uploads, List<OfNamespace> namespaces, Counts counts) {
    public Stats {
        namespaces = List.copyOf(namespaces);
    }

    /** One namespace; a content that two of its scopes refer to counts once in its bytes and in both scopes'. */
    public record OfNamespace(String name, long bytes, int entries, List<OfScope> scopes) {
        public OfNamespace {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * One scope.
     *
     * @param indexes caches that it can be read as
     * @param used when anything of it was last asked for, in milliseconds since 1970
     */
    public record OfScope(String name, long bytes, int entries, int indexes, long used) {}

    /**
     * Since the start.
     *
     * @param evicted entries that went for want of room
     * @param dropped entries whose content was gone or damaged
     */
    public record Counts(long hits, long misses, long stored, long refused, long evicted, long dropped) {}
}

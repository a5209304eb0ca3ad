package io.buildkitci.cacheservice.store;

import java.util.List;

/**
 * What is kept, and what was done.
 *
 * @param namespaces by name
 */
public record Stats(Totals totals, List<OfNamespace> namespaces) {
    public Stats {
        namespaces = List.copyOf(namespaces);
    }

    /**
     * One namespace; a content that two of its scopes refer to counts once in its bytes and in both scopes'.
     *
     * @param traffic of all its scopes
     */
    public record OfNamespace(String name, long bytes, int entries, Traffic traffic, List<OfScope> scopes) {
        public OfNamespace {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * One scope.
     *
     * @param indexes caches that it can be read as
     */
    public record OfScope(String name, long bytes, int entries, int indexes, Traffic traffic) {}

    /**
     * What was done in a scope, over restarts; a process that is killed forgets the last minutes of it.
     *
     * @param hits look-ups of those whose own scope it is that found something, there or in another that they read
     * @param misses those that found nothing
     * @param evicted entries of it that went for want of room
     * @param used when anything of it was last asked for, or it asked, in milliseconds since 1970
     */
    public record Traffic(long hits, long misses, long evicted, long used) {
        static final Traffic NONE = new Traffic(0, 0, 0, 0);

        Traffic plus(Traffic other) {
            return new Traffic(
                    hits + other.hits, misses + other.misses, evicted + other.evicted, Math.max(used, other.used));
        }
    }

    /**
     * Since the start.
     *
     * @param evicted entries that went for want of room
     * @param dropped entries whose content was gone or damaged
     */
    public record Counts(long hits, long misses, long stored, long refused, long evicted, long dropped) {}

    /**
     * What is kept in all, and was done since the start; to know it costs no look at each entry.
     *
     * @param bytes of all contents, each once
     * @param contents how many of them
     * @param uploads on their way in now
     * @param namespaces that have any entry
     */
    public record Totals(long bytes, long quota, int contents, int uploads, int namespaces, Counts counts) {}
}

package io.buildkitci.cacheservice.store;

/**
 * What is stored under a key.
 *
 * @param sha256 of the content, in hexadecimal
 * @param size in bytes
 * @param created in milliseconds since 1970
 * @param used when it was last asked for, likewise
 */
public record Entry(String sha256, long size, long created, long used) {
    static Entry parse(String stored) {
        String[] parts = stored.split(" ", -1);
        return new Entry(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    String render() {
        return sha256 + ' ' + size + ' ' + created + ' ' + used;
    }

    Entry usedAt(long time) {
        return new Entry(sha256, size, created, Math.max(used, time));
    }
}

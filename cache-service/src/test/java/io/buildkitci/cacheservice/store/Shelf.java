package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Finished;
import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A store in a test, with a clock that the test turns. */
final class Shelf implements AutoCloseable {
    static final String VERSION = "v";

    private final AtomicLong now;
    private final CacheStore store;

    Shelf(Path directory, Limits limits) throws IOException {
        this(directory, limits, 1_000);
    }

    Shelf(Path directory, Limits limits, long began) throws IOException {
        this(directory, limits, began, Runnable::run);
    }

    /** @param aside runs what nobody waits for */
    Shelf(Path directory, Limits limits, long began, Executor aside) throws IOException {
        now = new AtomicLong(began);
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        AtomicInteger last = new AtomicInteger();
        store = CacheStore.open(directory, limits, clock, () -> "upload-" + last.incrementAndGet(), aside);
    }

    CacheStore store() {
        return store;
    }

    void later(long millis) {
        now.addAndGet(millis);
    }

    /** So much later that no address is good any more, and what was kept for one is gone. */
    void promisesEnd() throws IOException {
        later(600_000);
        store.collect();
    }

    static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static EntryKey blob(String namespace, String scope, String content) {
        return new EntryKey(namespace, scope, VERSION, "buildkit-blob-1-sha256:" + sha256(content));
    }

    static EntryKey index(String namespace, String scope, String name, int generation) {
        return new EntryKey(namespace, scope, VERSION, "index-" + name + "-1-0badcafe#" + generation);
    }

    /** As BuildKit writes one. */
    static String listing(String... contents) {
        List<String> layers = List.of(contents).stream()
                .map(content -> "{\"blob\":\"sha256:" + sha256(content) + "\",\"parent\":-1}")
                .toList();
        return "{\"layers\":[" + String.join(",", layers) + "],\"records\":[]}";
    }

    /** An upload that came whole and was not finished. */
    Upload begun(EntryKey key, String content) throws IOException {
        Upload upload = store.begin(key);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        long offset = upload.reserve(bytes.length);
        upload.write(offset, ByteBuffer.wrap(bytes));
        upload.block("", offset, bytes.length);
        upload.assemble(List.of(""));
        return upload;
    }

    Finished put(EntryKey key, String content) throws IOException {
        begun(key, content);
        return store.finish(key, content.getBytes(StandardCharsets.UTF_8).length);
    }

    Finished putBlob(String namespace, String scope, String content) throws IOException {
        return put(blob(namespace, scope, content), content);
    }

    boolean hasBlob(String namespace, String scope, String content) {
        return get(blob(namespace, scope, content)).isPresent();
    }

    /** What a reader of one scope gets for exactly this key. */
    Optional<String> get(EntryKey key) {
        return store.find(key.namespace(), List.of(key.scope()), VERSION, key.key(), List.of())
                .flatMap(this::read);
    }

    Optional<String> read(Found found) {
        try (Content content = store.open(found.key(), found.entry().sha256()).orElse(null)) {
            if (content == null) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(content.size()));
            while (bytes.hasRemaining() && content.file().read(bytes) >= 0) {
                // until it is full
            }
            return Optional.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}

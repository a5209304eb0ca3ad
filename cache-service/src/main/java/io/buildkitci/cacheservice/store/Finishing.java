package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Finished;
import io.buildkitci.cacheservice.store.CacheStore.Kept;
import io.buildkitci.cacheservice.store.CacheStore.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Makes uploads that came whole entries, if their content is what their key says and there is room. */
record Finishing(
        Holdings holdings,
        Blobs blobs,
        Room room,
        Uploads uploads,
        Limits limits,
        InstantSource clock,
        Counter counter) {
    /** One that was claimed. */
    Finished finish(Upload upload) {
        try {
            if (upload.trouble().isPresent()) {
                return refuse("the storage failed: " + upload.trouble().get().getMessage());
            }
            String sha256 = upload.digest();
            Path file = upload.close();
            if (!upload.key().digest().orElse(sha256).equals(sha256)) {
                return refuse("the content's SHA-256 is " + sha256 + ", which is not the key's");
            }
            return keep(upload, file, sha256, upload.key().isIndex() ? CacheIndex.needs(file) : List.of());
        } catch (IOException e) {
            return refuse("the storage failed: " + e.getMessage());
        } finally {
            uploads.end(upload);
        }
    }

    Finished refuse(String reason) {
        counter.refused();
        return new Refused(reason);
    }

    private Finished keep(Upload upload, Path file, String sha256, List<String> needs) throws IOException {
        synchronized (holdings) {
            return keepInTurn(upload, file, sha256, needs);
        }
    }

    private Finished keepInTurn(Upload upload, Path file, String sha256, List<String> needs) throws IOException {
        long size = Files.size(file);
        EntryKey key = upload.target();
        if (upload.isCancelled()) {
            return refuse("what it belongs to was removed meanwhile");
        }
        if (size > limits.largest()) {
            return refuse("its " + size + " bytes are more than the " + limits.largest() + " that are kept in all");
        }
        boolean again = holdings.get(key).filter(e -> e.sha256().equals(sha256)).isPresent();
        if (!again && !room.make(key.namespace(), size)) {
            holdings.commit();
            return refuse("there is no room: what could go is being read");
        }
        long now = clock.millis();
        Entry entry = new Entry(sha256, size, now, now);
        blobs.take(file, sha256);
        holdings.put(key, entry, needs);
        room.trim(key);
        if (!holdings.commit()) {
            holdings.forget(key, entry);
            return refuse("the storage failed: there is no room for the index");
        }
        counter.stored();
        return new Kept(entry);
    }
}

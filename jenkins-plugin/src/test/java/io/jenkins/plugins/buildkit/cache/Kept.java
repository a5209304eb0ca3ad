package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.CacheStore;
import io.buildkitci.cacheservice.store.EntryKey;
import io.buildkitci.cacheservice.store.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What a test has a service keep. */
final class Kept {
    private Kept() {}

    /** @param content tells it from others of the same size */
    static void of(CacheStore store, String namespace, String scope, byte[] content) throws IOException {
        Upload upload = store.begin(new EntryKey(namespace, scope, "v", "a"));
        long offset = upload.reserve(content.length);
        upload.write(offset, ByteBuffer.wrap(content));
        upload.block("", offset, content.length);
        upload.assemble(List.of(""));
        assertThat(store.finish(upload, content.length)).isInstanceOf(CacheStore.Kept.class);
    }

    /** Each scope that has anything, after its namespace. */
    static List<String> names(CacheStore store) {
        return store.stats().namespaces().stream()
                .flatMap(n -> n.scopes().stream().map(s -> n.name() + " " + s.name()))
                .toList();
    }
}

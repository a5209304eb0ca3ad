package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process that stores contents of up to a size by several threads, and says of each that it is kept, until it is killed. */
final class KilledWriter {
    static final Limits LIMITS = Limits.of(1 << 30, 1 << 30);
    private static final int THREADS = 3;

    private KilledWriter() {}

    public static void main(String[] arguments) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CacheStore store = CacheStore.open(
                Path.of(arguments[0]),
                LIMITS,
                InstantSource.system(),
                () -> UUID.randomUUID().toString(),
                threads);
        int largest = Integer.parseInt(arguments[1]);
        for (int thread = 0; thread < THREADS; thread++) {
            String scope = "scope" + thread;
            threads.execute(() -> write(store, scope, largest, System.out));
        }
    }

    private static void write(CacheStore store, String scope, int largest, PrintStream said) {
        try {
            while (true) {
                String content = UUID.randomUUID().toString().repeat(1 + (int) (Math.random() * largest));
                EntryKey key = Shelf.blob("job", scope, content);
                byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                Upload upload = store.begin(key);
                long offset = upload.reserve(bytes.length);
                upload.write(offset, ByteBuffer.wrap(bytes));
                upload.block("", offset, bytes.length);
                upload.assemble(List.of(""));
                if (store.finish(upload, bytes.length) instanceof CacheStore.Kept) {
                    said.println(scope + " " + key.key());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * An open content.
 *
 * @param file closed with this
 * @param size in bytes
 */
public record Content(FileChannel file, long size, AutoCloseable lease) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        try (file) {
            lease.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.buildkitci.cacheservice;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service with a directory of its own, which each test has anew, and a layer to keep there. */
abstract class ServedDirectory {
    static final byte[] LAYER = "a layer of some bytes".getBytes(StandardCharsets.UTF_8);
    static final String KEY = Caller.blobKey(LAYER);

    @TempDir
    Path directory;

    Served served;

    @BeforeEach
    void start() throws Exception {
        served = Served.in(directory);
    }

    @AfterEach
    void stop() {
        served.close();
    }
}

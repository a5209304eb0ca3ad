package io.buildkitci.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The checksums that came with this program, read when the first one is asked for. */
final class PinnedChecksums {
    static final Checksums ALL = Checksums.parse(read("buildx") + read("buildkit") + read("qemu"));

    private PinnedChecksums() {}

    private static String read(String tool) {
        try (InputStream table = PinnedChecksums.class.getResourceAsStream(tool + ".sha256")) {
            if (table == null) {
                throw new IllegalStateException(tool + ".sha256 is not in the jar");
            }
            return new String(table.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

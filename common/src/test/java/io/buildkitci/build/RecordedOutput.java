package io.buildkitci.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What buildx wrote to {@code --metadata-file} and {@code imagetools inspect --raw} in real builds. */
final class RecordedOutput {
    private RecordedOutput() {}

    static String read(String name) {
        try (InputStream in = RecordedOutput.class.getResourceAsStream("/metadata/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no recording " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

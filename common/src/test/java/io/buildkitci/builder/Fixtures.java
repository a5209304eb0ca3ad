package io.buildkitci.builder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What buildx was recorded to say; of the daemon that does not know its flags, the telling lines only. */
final class Fixtures {
    private Fixtures() {}

    /** @param name {@code <case>-buildx-<version>} */
    static String read(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/builder/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Inspection inspection(String name) {
        return InspectParser.parse(read(name));
    }
}

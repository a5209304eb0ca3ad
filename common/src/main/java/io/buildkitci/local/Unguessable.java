package io.buildkitci.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;

/**
 * Bytes that nobody can know beforehand.
 *
 * <p>From the kernel's own device, which is where Java's default generator takes them from on Linux and macOS too: to look
 * through the security providers for that generator takes a fresh JVM as long as all inputs of a build.
 */
public final class Unguessable {
    private static final Path DEVICE = Path.of("/dev/urandom");

    private Unguessable() {}

    public static byte[] bytes(int count) {
        byte[] bytes = fromDevice(DEVICE, count);
        if (bytes.length < count) {
            bytes = new byte[count];
            new SecureRandom().nextBytes(bytes);
        }
        return bytes;
    }

    /** Fewer where there is no such device; on Windows a file can have its name, and anybody can have written that. */
    static byte[] fromDevice(Path device, int count) {
        try {
            if (Files.readAttributes(device, BasicFileAttributes.class).isOther()) {
                try (InputStream random = Files.newInputStream(device)) {
                    return random.readNBytes(count);
                }
            }
        } catch (IOException e) {
            // a system without it
        }
        return new byte[0];
    }
}

package io.buildkitci.cacheservice;

import io.buildkitci.cacheservice.trust.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.IntFunction;

/** What tokens are signed with, in a file that only its owner may read. */
final class Secret {
    private static final String NAME = "secret";

    private Secret() {}

    /** @throws IOException also when it is too short to be one */
    static byte[] read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        byte[] secret = text.getBytes(StandardCharsets.UTF_8);
        if (secret.length < Tokens.SECRET) {
            throw new IOException(file + " has " + secret.length + " bytes; a secret has at least " + Tokens.SECRET);
        }
        return secret;
    }

    /** The one of a directory, which is made where there is none. */
    static byte[] of(Path directory, IntFunction<byte[]> random) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            String text = HexFormat.of().formatHex(random.apply(Tokens.SECRET)) + "\n";
            Path fresh = directory.resolve(NAME + "." + HexFormat.of().formatHex(random.apply(8)));
            write(fresh, text);
            try {
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                // another process was first; its secret counts
            } finally {
                Files.delete(fresh);
            }
        }
        return read(file);
    }

    /** Writes a new file that only its owner may read. */
    static void write(Path file, String text) throws IOException {
        Files.write(
                Files.createFile(file, ownerOnly()), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}

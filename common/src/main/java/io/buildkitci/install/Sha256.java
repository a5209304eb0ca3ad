package io.buildkitci.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of streams. */
final class Sha256 {
    private static final int BUFFER = 64 * 1024;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    static String render(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(InputStream content) throws IOException, InterruptedException {
        return copy(content, OutputStream.nullOutputStream());
    }

    /** @return the sum of all that was copied */
    static String copy(InputStream content, OutputStream to) throws IOException, InterruptedException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        int count;
        while ((count = content.read(buffer)) >= 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            digest.update(buffer, 0, count);
            to.write(buffer, 0, count);
        }
        return render(digest);
    }
}

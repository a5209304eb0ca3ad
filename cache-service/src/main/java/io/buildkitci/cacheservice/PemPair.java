package io.buildkitci.cacheservice;

import io.buildkitci.local.Pem;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads a certificate and a key that belong together; otherwise it would come out with the first who connects. */
final class PemPair {
    private PemPair() {}

    /** @throws IOException whose message names the files */
    static SslContext context(Settings.PemFiles files) throws IOException {
        try {
            List<X509Certificate> chain = certificates(files.certificate());
            PrivateKey key = Pem.key(text(files.key()), chain.get(0).getPublicKey())
                    .orElseThrow(() -> new GeneralSecurityException("the key is none, or of another certificate"));
            return SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    files.certificate() + " and " + files.key() + " are no certificate and its key: " + e.getMessage(),
                    e);
        }
    }

    /** At least one. */
    static List<X509Certificate> certificates(Path chain) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = Pem.certificates(text(chain));
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return certificates;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}

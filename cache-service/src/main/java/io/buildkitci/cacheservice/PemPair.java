package io.buildkitci.cacheservice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a certificate and a key belong together, which would otherwise come out with the first who connects. */
final class PemPair {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] ANYTHING = "anything".getBytes(StandardCharsets.US_ASCII);

    private PemPair() {}

    /** @return why not; empty also for kinds of keys that are not known here */
    static Optional<String> mismatch(Settings.PemFiles files) throws IOException {
        try (InputStream in = Files.newInputStream(files.certificate())) {
            PublicKey certified = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey();
            Matcher key = KEY.matcher(Files.readString(files.key(), StandardCharsets.ISO_8859_1));
            Optional<String> algorithm = signatures(certified.getAlgorithm());
            if (!key.find() || algorithm.isEmpty()) {
                return Optional.empty();
            }
            PrivateKey secret = KeyFactory.getInstance(certified.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
            return signs(secret, certified, algorithm.get())
                    ? Optional.empty()
                    : Optional.of("the key is of another certificate");
        } catch (GeneralSecurityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> signatures(String key) {
        return switch (key.toUpperCase(Locale.ROOT)) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            default -> Optional.empty();
        };
    }

    private static boolean signs(PrivateKey secret, PublicKey certified, String algorithm)
            throws GeneralSecurityException {
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(ANYTHING);
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certified);
        checking.update(ANYTHING);
        return checking.verify(signing.sign());
    }
}

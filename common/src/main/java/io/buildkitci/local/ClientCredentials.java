package io.buildkitci.local;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Tls;
import io.buildkitci.process.Reachability.Wrong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whom a TLS client trusts and what it shows of itself.
 *
 * @param shown its certificate and those between it and its authority; empty when it shows none
 * @param key of that certificate
 */
record ClientCredentials(List<X509Certificate> authorities, List<X509Certificate> shown, Optional<PrivateKey> key) {
    ClientCredentials {
        authorities = List.copyOf(authorities);
        shown = List.copyOf(shown);
    }

    /** Nobody could do anything with the files. */
    static final class NotUsable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Refusal refusal;

        NotUsable(String why) {
            super(why);
            this.refusal = new Refusal(Wrong.FILE, why);
        }

        Refusal refusal() {
            return refusal;
        }
    }

    static ClientCredentials read(Tls tls) throws NotUsable {
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw new NotUsable("of cert and key only one is given");
        }
        if (tls.authority().isEmpty() && !tls.equals(Tls.NONE)) {
            throw new NotUsable("no cacert is given, the file of the authority that its certificate is of");
        }
        List<X509Certificate> shown = certificates("cert", tls.certificate());
        return new ClientCredentials(certificates("cacert", tls.authority()), shown, key(tls.key(), shown));
    }

    private static List<X509Certificate> certificates(String option, Optional<String> file) throws NotUsable {
        if (file.isEmpty()) {
            return List.of();
        }
        String text = text(option, file.get());
        try {
            List<X509Certificate> certificates = Pem.certificates(text);
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException e) {
            // as if there were none
        }
        throw new NotUsable("the file in " + option + ", " + file.get() + ", has no certificate that can be read");
    }

    private static Optional<PrivateKey> key(Optional<String> file, List<X509Certificate> shown) throws NotUsable {
        if (file.isEmpty() || shown.isEmpty()) {
            return Optional.empty();
        }
        String text = text("key", file.get());
        try {
            Optional<PrivateKey> key = Pem.key(text, shown.get(0).getPublicKey());
            if (key.isPresent()) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            // as if there were none
        }
        throw new NotUsable("the file in key, " + file.get() + ", has no key of the certificate in cert");
    }

    private static String text(String option, String file) throws NotUsable {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new NotUsable("the file in " + option + ", " + file + ", is not there");
        } catch (IOException | InvalidPathException e) {
            throw new NotUsable("the file in " + option + ", " + file + ", cannot be read: " + e.getMessage());
        }
    }
}

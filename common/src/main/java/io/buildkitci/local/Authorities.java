package io.buildkitci.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts besides those that this Java does: the certificates of the file that {@code SSL_CERT_FILE} names, as
 * buildkitd, Go and OpenSSL read it.
 */
public final class Authorities {
    /** The variable; its file is PEM. */
    public static final String VARIABLE = "SSL_CERT_FILE";

    private Authorities() {}

    /**
     * Lets a connection trust them, before it is made; one without TLS stays as it is.
     *
     * @throws IOException when the environment names a file that is not there, or has no certificate
     */
    public static void trustedBy(URLConnection connection, Map<String, String> environment) throws IOException {
        if (connection instanceof HttpsURLConnection secure) {
            named(environment).ifPresent(secure::setSSLSocketFactory);
        }
    }

    /** Whether a connection failed because the other side did not prove who it is. */
    public static boolean isDistrust(IOException failure) {
        return failure instanceof SSLException;
    }

    /** Empty where the environment names none: what Java does by itself is right then. */
    static Optional<SSLSocketFactory> named(Map<String, String> environment) throws IOException {
        String file = environment.getOrDefault(VARIABLE, "");
        return file.isEmpty() ? Optional.empty() : Optional.of(trusting(file));
    }

    private static SSLSocketFactory trusting(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> named =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (named.isEmpty()) {
                throw new IOException(VARIABLE + " names '" + file + "', which has no certificate");
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            for (X509Certificate own : javas()) {
                add(all, own);
            }
            for (Certificate certificate : named) {
                add(all, certificate);
            }
            TrustManagerFactory trust = factory(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | InvalidPathException e) {
            throw new IOException(VARIABLE + " names '" + file + "', which has no certificate", e);
        } catch (NoSuchFileException e) {
            throw new IOException(VARIABLE + " names '" + file + "', which is not there", e);
        }
    }

    private static void add(KeyStore all, Certificate certificate) throws GeneralSecurityException {
        all.setCertificateEntry(String.valueOf(all.size()), certificate);
    }

    private static X509Certificate[] javas() throws GeneralSecurityException {
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                return trust.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}

package io.buildkitci.cacheservice;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/**
 * Trusts one certificate and no other, whatever name and authority it has: a service writes down which one it shows, for
 * those who read that on its own machine.
 */
final class Pinned extends X509ExtendedTrustManager {
    private final String fingerprint;

    private Pinned(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Of the certificate that a service shows. */
    static String fingerprint(Settings.Tls tls) throws IOException {
        return tls instanceof Settings.PemFiles files
                ? fingerprint(files.certificate())
                : fingerprint(((Settings.Keys) tls).keys());
    }

    private static String fingerprint(KeyManagerFactory keys) throws IOException {
        for (KeyManager manager : keys.getKeyManagers()) {
            for (String type : List.of("RSA", "EC", "EdDSA")) {
                if (manager instanceof X509KeyManager x509 && x509.getServerAliases(type, null) != null) {
                    try {
                        return fingerprint(x509.getCertificateChain(x509.getServerAliases(type, null)[0])[0]);
                    } catch (CertificateException e) {
                        throw new IOException("a certificate cannot be read: " + e.getMessage(), e);
                    }
                }
            }
        }
        return "";
    }

    /** Of the first certificate in a file (PEM). */
    static String fingerprint(Path chain) throws IOException {
        try {
            return fingerprint(PemPair.certificates(chain).get(0));
        } catch (GeneralSecurityException e) {
            throw new IOException(chain + " is no certificate: " + e.getMessage(), e);
        }
    }

    private static String fingerprint(Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    static SSLContext context(String fingerprint) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(fingerprint)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !fingerprint(chain[0]).equals(fingerprint)) {
            throw new CertificateException("this is another certificate than the service was started with");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("clients show none");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("clients show none");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("clients show none");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

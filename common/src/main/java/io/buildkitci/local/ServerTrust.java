package io.buildkitci.local;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Wrong;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whether a server proved who it is. Refused is only what every client refuses: of what Java and Go do not see in the same
 * way, a client is to tell.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private final List<X509Certificate> authorities;
    private final ServerName name;
    private Optional<Refusal> refusal = Optional.empty();

    ServerTrust(List<X509Certificate> authorities, ServerName name) {
        this.authorities = authorities;
        this.name = name;
    }

    /** Empty before a server has shown a certificate. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    private void check(X509Certificate[] chain, String kind) throws CertificateException {
        refusal = ended(chain[0])
                .map(why -> new Refusal(Wrong.EXPIRED, "its certificate " + why))
                .or(() -> authority(chain, kind))
                .or(() -> name.refusal(chain[0]));
        if (refusal.isPresent()) {
            throw new CertificateException(refusal.get().why());
        }
    }

    /** That a certificate has ended, or is not valid yet; a clause whose subject it is. */
    static Optional<String> ended(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of("ended at " + certificate.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return Optional.of("is valid from " + certificate.getNotBefore().toInstant()
                    + " on, which this machine's clock has not come to");
        }
    }

    private Optional<Refusal> authority(X509Certificate[] chain, String kind) {
        Optional<Refusal> unknown = Optional.of(new Refusal(
                Wrong.AUTHORITY,
                "its certificate is of the authority " + chain[0].getIssuerX500Principal()
                        + ", which is not in cacert"));
        if (authorities.isEmpty()) {
            return unknown;
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry(String.valueOf(store.size()), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            ((X509TrustManager) factory.getTrustManagers()[0]).checkServerTrusted(chain, kind);
            return Optional.empty();
        } catch (CertificateException e) {
            return isOfAnother(e) ? unknown : Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfAnother(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean noPath = cause instanceof CertPathBuilderException && cause.getCause() == null;
            boolean notSigned = cause instanceof CertPathValidatorException invalid
                    && (invalid.getReason() == BasicReason.INVALID_SIGNATURE
                            || invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR);
            if (noPath || notSigned) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        check(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        check(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw new CertificateException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        throw new CertificateException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}

package io.jenkins.plugins.buildkit.cache;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.security.ACL;
import io.buildkitci.model.InvalidValue;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import jenkins.model.Jenkins;

/** Certificates and their keys from credentials of the controller's own, of the kind Certificate. */
final class TlsKeys {
    private TlsKeys() {}

    static KeyManagerFactory of(String credentialsId) throws InvalidValue {
        StandardCertificateCredentials found =
                CredentialsProvider.lookupCredentialsInItemGroup(
                                StandardCertificateCredentials.class, Jenkins.get(), ACL.SYSTEM2)
                        .stream()
                        .filter(credentials -> credentials.getId().equals(credentialsId))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidValue(credentialsId, "no credentials of the kind Certificate have this ID"));
        try {
            KeyStore store = found.getKeyStore();
            if (keys(store).isEmpty()) {
                throw new InvalidValue(credentialsId, "there is a certificate in these credentials, and no key");
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, found.getPassword().getPlainText().toCharArray());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new InvalidValue(credentialsId, "its certificate and key cannot be read: " + e.getMessage());
        }
    }

    private static List<String> keys(KeyStore store) throws KeyStoreException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        return keys;
    }
}

package com.cloudbees.plugins.credentials.common;

import java.security.KeyStore;

/** Certificates and their keys. */
public interface CertificateCredentials extends PasswordCredentials {
    KeyStore getKeyStore();
}

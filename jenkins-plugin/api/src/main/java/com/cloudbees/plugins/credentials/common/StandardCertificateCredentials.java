package com.cloudbees.plugins.credentials.common;

/** Certificates as people enter them. */
public interface StandardCertificateCredentials extends StandardCredentials, CertificateCredentials {}

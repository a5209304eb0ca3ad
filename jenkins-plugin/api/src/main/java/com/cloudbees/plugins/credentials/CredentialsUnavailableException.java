package com.cloudbees.plugins.credentials;

/** Credentials that are there but cannot be had at the moment. */
public class CredentialsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CredentialsUnavailableException(String property, String message) {
        super("Property '" + property + "' is currently unavailable: " + message);
    }
}

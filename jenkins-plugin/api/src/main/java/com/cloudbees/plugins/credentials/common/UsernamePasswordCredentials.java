package com.cloudbees.plugins.credentials.common;

/** Credentials with a username and a password. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}

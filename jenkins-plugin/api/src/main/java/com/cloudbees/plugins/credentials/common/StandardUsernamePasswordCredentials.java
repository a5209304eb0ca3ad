package com.cloudbees.plugins.credentials.common;

/** Credentials with a username and a password, as people enter them. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}

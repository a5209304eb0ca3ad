package com.cloudbees.plugins.credentials.common;

/** Credentials with a username, as people enter them. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}

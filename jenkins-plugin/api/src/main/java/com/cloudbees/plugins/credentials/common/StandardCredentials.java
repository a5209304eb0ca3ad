package com.cloudbees.plugins.credentials.common;

/** Credentials as people enter them. */
public interface StandardCredentials extends IdCredentials {}

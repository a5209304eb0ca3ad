package com.cloudbees.plugins.credentials.common;

/** A drop-down of credentials as people enter them. */
public class StandardListBoxModel
        extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {}

package com.cloudbees.plugins.credentials;

/** Something that lets somebody in somewhere. */
public interface Credentials {}

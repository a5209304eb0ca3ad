package org.springframework.security.core;

/** Somebody who is known. */
public interface Authentication {}

package io.jenkins.plugins.buildkit.step;

import hudson.util.Secret;

/**
 * Texts of scripts as {@link Secret}s. Jenkins takes an encrypted text for what it encrypts, so that a script could read
 * what it only saw encrypted: a word before it makes it plain.
 */
final class Sealed {
    private static final String PLAIN = "plain:";

    private Sealed() {}

    static Secret of(String text) {
        return Secret.fromString(PLAIN + text);
    }

    static String text(Secret sealed) {
        return sealed.getPlainText().substring(PLAIN.length());
    }
}

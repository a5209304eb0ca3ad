package io.jenkins.plugins.buildkit.page;

/** A platform of an image. */
public final class BuiltPlatform {
    private final String name;
    private final String digest;
    private final String ran;

    BuiltPlatform(String name, String digest, String ran) {
        this.name = name;
        this.digest = digest;
        this.ran = ran;
    }

    public String getName() {
        return name;
    }

    /** Of its manifest; empty where it is not known. */
    public String getDigest() {
        return digest;
    }

    /** {@code native}, or by which emulator. */
    public String getRan() {
        return ran;
    }
}

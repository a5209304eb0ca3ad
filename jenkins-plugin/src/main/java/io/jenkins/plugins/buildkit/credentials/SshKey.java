package io.jenkins.plugins.buildkit.credentials;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A private key as people paste it into Jenkins. */
final class SshKey {
    private static final byte[] OPENSSH = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String NO_CIPHER = "none";

    private SshKey() {}

    /** As clients read it: lines that end in line feeds, the last too. */
    static String text(String pasted) {
        return pasted.strip().replace("\r\n", "\n").replace('\r', '\n') + "\n";
    }

    /** Whether it can only be used with a passphrase. */
    static boolean isEncrypted(String key) {
        return key.contains("ENCRYPTED") || isEncryptedByOpenSsh(key);
    }

    /** After its mark, OpenSSH's format begins with the cipher's name: four bytes of length, then the name. */
    private static boolean isEncryptedByOpenSsh(String key) {
        if (!key.contains("-----BEGIN OPENSSH PRIVATE KEY-----")) {
            return false;
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException noKey) {
            return false; // who reads it will say so
        }
        int name = OPENSSH.length + Integer.BYTES;
        boolean marked = bytes.length >= name + NO_CIPHER.length()
                && Arrays.equals(OPENSSH, Arrays.copyOf(bytes, OPENSSH.length));
        return marked && !new String(bytes, name, NO_CIPHER.length(), StandardCharsets.US_ASCII).equals(NO_CIPHER);
    }
}

package io.jenkins.plugins.buildkit.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshKeyTest {
    @TempDir
    private Path directory;

    /** A fresh key, as OpenSSH writes it. */
    static String generated(Path directory, List<String> options, String passphrase)
            throws IOException, InterruptedException {
        Path file = directory.resolve("key-" + UUID.randomUUID());
        List<String> command = new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-f"));
        command.add(file.toString());
        command.addAll(options);
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(status).isZero();
        return Files.readString(file);
    }

    @ParameterizedTest
    @CsvSource({
        "-t ed25519, '', false",
        "-t ed25519, passphrase, true",
        "-t rsa -b 2048 -m PEM, '', false",
        "-t rsa -b 2048 -m PEM, passphrase, true",
        "-t rsa -b 2048 -m PKCS8, '', false",
        "-t rsa -b 2048 -m PKCS8, passphrase, true",
        "-t ecdsa, passphrase, true",
    })
    void itIsKnownWhetherAKeyHasAPassphrase(String options, String passphrase, boolean encrypted) throws Exception {
        String key = generated(directory, List.of(options.split(" ")), passphrase);

        assertThat(SshKey.isEncrypted(SshKey.text(key))).isEqualTo(encrypted);
        assertThat(SshKey.isEncrypted(SshKey.text(key.replace("\n", "\r\n")))).isEqualTo(encrypted);
    }

    @Test
    void whatIsNoKeyHasNoPassphrase() {
        assertThat(SshKey.isEncrypted("-----BEGIN OPENSSH PRIVATE KEY-----\n!?\n"))
                .isFalse();
        assertThat(SshKey.isEncrypted("")).isFalse();
    }

    @Test
    void aKeyEndsWithALineFeedHoweverItWasPasted() {
        assertThat(SshKey.text("  a\r\nb\rc  ")).isEqualTo("a\nb\nc\n");
    }
}

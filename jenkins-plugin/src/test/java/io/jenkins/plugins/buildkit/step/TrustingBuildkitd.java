package io.jenkins.plugins.buildkit.step;

import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A BuildKit that trusts one authority and no other, and forgets all when it is started again. */
final class TrustingBuildkitd {
    private static final Testbed TESTBED = Testbed.here();

    private final Path folder;
    private Process process;

    private TrustingBuildkitd(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Makes an authority, with a certificate for loopback, and a BuildKit that trusts it.
     *
     * @param folder gets {@code ca.crt}, {@code cache.crt}, {@code cache.key} and {@code cache.p12}, whose password is
     *     {@code changeit}
     */
    static TrustingBuildkitd in(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process made = new ProcessBuilder("sh", "-ec", """
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.crt
                echo 'subjectAltName = IP:127.0.0.1' > names
                openssl req -newkey rsa:2048 -nodes -subj /CN=cache -keyout cache.key -out cache.csr
                openssl x509 -req -in cache.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names \\
                  -out cache.crt
                openssl pkcs12 -export -in cache.crt -inkey cache.key -name cache -passout pass:changeit -out cache.p12
                """)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new AssertionError(Files.readString(folder.resolve("openssl.log")));
        }
        return new TrustingBuildkitd(folder, started(folder));
    }

    private static Process started(Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("buildkitd.log");
        Files.deleteIfExists(log);
        ProcessBuilder daemon = new ProcessBuilder(List.of(
                TESTBED.buildkitd().toString(),
                "--config=" + TESTBED.buildkitdConfig(),
                "--root=" + folder.resolve("root"),
                "--addr=" + address(folder)));
        daemon.environment().put("SSL_CERT_FILE", folder.resolve("ca.crt").toString());
        Process process =
                daemon.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        while (!Files.exists(log) || !Files.readString(log).contains("running server")) {
            if (!process.isAlive()) {
                throw new AssertionError("no buildkitd: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
        return process;
    }

    private static String address(Path folder) {
        return "unix://" + folder.resolve("buildkitd.sock");
    }

    String address() {
        return address(folder);
    }

    /** As if it had never built. */
    void forget() throws IOException, InterruptedException {
        end();
        Agents.removeAll(folder.resolve("root"));
        process = started(folder);
    }

    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

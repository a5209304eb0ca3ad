package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A buildkitd of the test's own on loopback that talks to those only who show a certificate of its authority. */
final class TlsBuildkitd implements Closeable {
    private static final String CERTIFICATES = """
            set -e
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca-key.pem -out ca.pem 2> /dev/null
            echo 'subjectAltName = IP:127.0.0.1' > names
            for who in server client; do
              openssl req -newkey rsa:2048 -nodes -subj "/CN=$who" -keyout $who-key.pem -out $who.csr 2> /dev/null
              openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile names \\
                -out $who.pem 2> /dev/null
            done
            """;

    private final Path folder;
    private final String endpoint;
    private final Running running;

    TlsBuildkitd(RunnerJob job) throws IOException, InterruptedException {
        folder = Files.createTempDirectory(job.folder(), "buildkitd-");
        endpoint = "tcp://127.0.0.1:" + freePort();
        Said made = job.machine().inDirectory(folder).program(Path.of("/bin/sh"), "-c", CERTIFICATES);
        if (made.exit() != 0) {
            throw new AssertionError("no certificates: " + made);
        }
        running = Running.start(
                List.of(
                        TESTBED.buildkitd().toString(),
                        "--config=" + TESTBED.buildkitdConfig(),
                        "--root=" + folder.resolve("root"),
                        "--addr=" + endpoint,
                        "--tlscacert=" + folder.resolve("ca.pem"),
                        "--tlscert=" + folder.resolve("server.pem"),
                        "--tlskey=" + folder.resolve("server-key.pem")),
                job.machine().environment(),
                folder,
                folder);
        running.awaitErr("running server");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String endpoint() {
        return endpoint;
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Override
    public void close() throws IOException {
        try {
            running.signal("TERM");
            running.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.close();
        }
    }
}

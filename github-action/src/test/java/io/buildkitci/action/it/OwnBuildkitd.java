package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A buildkitd of the test's own. */
final class OwnBuildkitd implements Closeable {
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
    private final Optional<SmallDisk> disk;
    private final Running running;

    private OwnBuildkitd(Path folder, String endpoint, List<String> tls, Optional<SmallDisk> disk)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.disk = disk;
        this.endpoint = endpoint;
        List<String> argv = new ArrayList<>(List.of(
                TESTBED.buildkitd().toString(),
                "--config=" + TESTBED.buildkitdConfig(),
                "--root=" + folder.resolve("root"),
                "--addr=" + endpoint));
        argv.addAll(tls);
        running = Running.start(argv, Map.of("PATH", System.getenv("PATH")), folder, folder);
        running.awaitErr("running server");
    }

    static OwnBuildkitd onASocket() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        return new OwnBuildkitd(folder, "unix://" + folder.resolve("s"), List.of(), Optional.empty());
    }

    /** One that keeps what it builds on a disk of its own. */
    static OwnBuildkitd onASmallDisk(String size) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        SmallDisk disk = SmallDisk.at(folder.resolve("root"), size);
        return new OwnBuildkitd(folder, "unix://" + folder.resolve("s"), List.of(), Optional.of(disk));
    }

    /** On loopback; it talks to those only who show a certificate of its authority. */
    static OwnBuildkitd overTls() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        int made = new ProcessBuilder("sh", "-c", CERTIFICATES)
                .directory(folder.toFile())
                .start()
                .waitFor();
        if (made != 0) {
            throw new AssertionError("no certificates: openssl ended with " + made);
        }
        List<String> tls = List.of(
                "--tlscacert=" + folder.resolve("ca.pem"),
                "--tlscert=" + folder.resolve("server.pem"),
                "--tlskey=" + folder.resolve("server-key.pem"));
        return new OwnBuildkitd(folder, "tcp://127.0.0.1:" + freePort(), tls, Optional.empty());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What a builder of driver remote is made with. */
    List<String> definition() {
        List<String> inputs = new ArrayList<>(List.of("--endpoint", endpoint));
        if (endpoint.startsWith("tcp:")) {
            inputs.addAll(List.of(
                    "--driver-opts",
                    "cacert=%s,cert=%s,key=%s"
                            .formatted(
                                    certificate("ca.pem"), certificate("client.pem"), certificate("client-key.pem"))));
        }
        return inputs;
    }

    String endpoint() {
        return endpoint;
    }

    /** One of {@code ca.pem}, {@code client.pem}, {@code client-key.pem}. */
    Path certificate(String file) {
        return folder.resolve(file);
    }

    String read(String file) throws IOException {
        return Files.readString(certificate(file));
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
            if (disk.isPresent()) {
                disk.get().close();
            }
            Builder.delete(folder);
        }
    }
}

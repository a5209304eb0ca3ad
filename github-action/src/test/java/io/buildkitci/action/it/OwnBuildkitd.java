package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.buildkitci.testbed.FreePorts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A buildkitd of the test's own. */
final class OwnBuildkitd implements Closeable {
    /** Of two authorities, and one that has ended. */
    private static final String CERTIFICATES = """
            set -e
            echo 'subjectAltName = IP:127.0.0.1' > names
            key() {
              openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1-key.pem"
            }
            signed() { # by whom, for how many days, what
              key "$3"
              openssl req -new -key "$3-key.pem" -subj "/CN=$3" -out "$3.csr"
              openssl x509 -req -in "$3.csr" -CA "$1.pem" -CAkey "$1-key.pem" -CAcreateserial -days "$2" -extfile names \\
                -out "$3.pem"
            }
            for authority in ca other; do
              key $authority
              openssl req -x509 -key $authority-key.pem -days 2 -subj /CN=$authority -out $authority.pem
            done
            signed ca 2 server
            signed ca 2 client
            signed ca -1 ended
            signed other 2 stranger
            """;

    private final Path folder;
    private final String endpoint;
    private final Optional<SmallDisk> disk;
    private final Running running;

    private OwnBuildkitd(
            Path folder, String endpoint, List<String> tls, Optional<SmallDisk> disk, Map<String, String> more)
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
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("PATH", System.getenv("PATH"));
        running = Running.start(argv, environment, folder, folder);
        running.awaitErr("running server");
    }

    static OwnBuildkitd onASocket() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        return new OwnBuildkitd(folder, "unix://" + folder.resolve("s"), List.of(), Optional.empty(), Map.of());
    }

    /** One that keeps what it builds on a disk of its own. */
    static OwnBuildkitd onASmallDisk(String size) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        SmallDisk disk = SmallDisk.at(folder.resolve("root"), size);
        return new OwnBuildkitd(folder, "unix://" + folder.resolve("s"), List.of(), Optional.of(disk), Map.of());
    }

    /** On loopback; it talks to those only who show a certificate of its authority. */
    static OwnBuildkitd overTls() throws IOException, InterruptedException {
        return overTls("server", Map.of());
    }

    /** @param shown its certificate: {@code server} or {@code ended} */
    static OwnBuildkitd overTls(String shown) throws IOException, InterruptedException {
        return overTls(shown, Map.of());
    }

    /** @param environment of the daemon */
    static OwnBuildkitd overTls(Map<String, String> environment) throws IOException, InterruptedException {
        return overTls("server", environment);
    }

    private static OwnBuildkitd overTls(String shown, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("its-buildkitd-");
        int made = new ProcessBuilder("sh", "-c", CERTIFICATES)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
        if (made != 0) {
            throw new AssertionError("no certificates: " + Files.readString(folder.resolve("openssl.log")));
        }
        List<String> tls = List.of(
                "--tlscacert=" + folder.resolve("ca.pem"),
                "--tlscert=" + folder.resolve(shown + ".pem"),
                "--tlskey=" + folder.resolve(shown + "-key.pem"));
        return new OwnBuildkitd(folder, "tcp://127.0.0.1:" + FreePorts.next(), tls, Optional.empty(), environment);
    }

    /** What a builder of driver remote is made with. */
    List<String> definition() {
        return endpoint.startsWith("tcp:")
                ? definition("cacert=ca.pem,cert=client.pem,key=client-key.pem")
                : List.of("--endpoint", endpoint);
    }

    /** @param options names of certificates stand for their files */
    List<String> definition(String options) {
        return List.of(
                "--endpoint", endpoint, "--driver-opts", options.replaceAll("=(?=[^,]*[.]pem)", "=" + folder + "/"));
    }

    String endpoint() {
        return endpoint;
    }

    /** {@code ca.pem}, {@code client.pem}, {@code client-key.pem} and others. */
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

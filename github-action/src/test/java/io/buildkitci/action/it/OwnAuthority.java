package io.buildkitci.action.it;

import io.buildkitci.local.MachineAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An authority that nobody knows, and a certificate of it for a service at any address of this machine. */
record OwnAuthority(Path folder) {
    private static final String CERTIFICATES = """
            set -e
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out cache-ca.pem 2> /dev/null
            echo 'subjectAltName = %s' > names
            openssl req -newkey rsa:2048 -nodes -subj /CN=cache -keyout cache.key -out cache.csr 2> /dev/null
            openssl x509 -req -in cache.csr -CA cache-ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names \\
              -out cache.pem 2> /dev/null
            """;

    static OwnAuthority in(CommandLine commandLine) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(commandLine.folder(), "tls-");
        String names = Stream.concat(Stream.of("127.0.0.1"), MachineAddresses.all().stream())
                .map(address -> "IP:" + address)
                .collect(Collectors.joining(","));
        Said made = commandLine.inDirectory(folder).program(Path.of("/bin/sh"), "-c", CERTIFICATES.formatted(names));
        if (made.exit() != 0) {
            throw new AssertionError("no certificates: " + made);
        }
        return new OwnAuthority(folder);
    }

    /** Its own, in PEM. */
    Path certificate() {
        return folder.resolve("cache-ca.pem");
    }

    /** Options of {@code cache serve}. */
    String[] served() {
        return new String[] {"--tls-cert=" + folder.resolve("cache.pem"), "--tls-key=" + folder.resolve("cache.key")};
    }
}

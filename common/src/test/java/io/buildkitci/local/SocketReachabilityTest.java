package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketReachabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final SocketReachability sockets = new SocketReachability();

    @Test
    void reachesAServer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(sockets.tcp("127.0.0.1", server.getLocalPort(), LIMIT)).isEmpty();
            assertThat(sockets.tcp("localhost", server.getLocalPort(), LIMIT)).isEmpty();
        }
    }

    @Test
    void saysWhyNobodyIsThere() throws Exception {
        int free;
        try (ServerSocket server = new ServerSocket(0)) {
            free = server.getLocalPort();
        }

        assertThat(sockets.tcp("127.0.0.1", free, LIMIT))
                .hasValueSatisfying(why -> assertThat(why).containsIgnoringCase("refused"));
        assertThat(sockets.tcp("no-such-host.invalid", 1, LIMIT)).contains("unknown host no-such-host.invalid");
    }

    @Test
    void reachesASocketFile(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));

            assertThat(sockets.unix(path)).isEmpty();
        }
        Files.deleteIfExists(path);
        assertThat(sockets.unix(path)).isPresent();
        assertThat(sockets.unix(folder.resolve("x".repeat(200)))).isPresent();
    }
}

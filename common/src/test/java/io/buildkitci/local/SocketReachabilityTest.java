package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketReachabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SocketReachability sockets = new SocketReachability();

    /** What a server does with the greeting of a gRPC client. */
    @FunctionalInterface
    private interface Answer {
        void to(Socket client) throws IOException;
    }

    private static ServerSocket server(Answer answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket client = server.accept()) {
                    answer.to(client);
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    @Test
    void reachesAServerThatSettlesTheProtocol() throws Exception {
        List<String> greetings = new CopyOnWriteArrayList<>();
        try (ServerSocket server = server(client -> {
            greetings.add(new String(client.getInputStream().readNBytes(33), StandardCharsets.US_ASCII));
            client.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        })) {
            assertThat(sockets.tcp("127.0.0.1", server.getLocalPort(), Tls.NONE, LIMIT))
                    .isEmpty();
            assertThat(sockets.tcp("localhost", server.getLocalPort(), Tls.NONE, LIMIT))
                    .isEmpty();
        }
        assertThat(greetings).hasSize(2).containsOnly("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
    }

    @Test
    void leavesItToAClientToTellWhyAServerHangsUp() throws Exception {
        try (ServerSocket server = server(client -> client.setSoLinger(true, 0))) {
            assertThat(sockets.tcp("127.0.0.1", server.getLocalPort(), Tls.NONE, LIMIT))
                    .isEmpty();
        }
    }

    @Test
    void saysThatAServerSaysNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(sockets.tcp("127.0.0.1", server.getLocalPort(), Tls.NONE, Duration.ofSeconds(1)))
                    .contains(Refusal.nobody("it takes connections and says nothing within 1 s"));
        }
    }

    @Test
    void saysWhyNobodyIsThere() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // nobody else listens there meanwhile

            assertThat(sockets.tcp("127.0.0.1", deaf.getLocalPort(), Tls.NONE, LIMIT))
                    .hasValueSatisfying(refusal -> assertThat(refusal.why()).containsIgnoringCase("refused"));
        }
        assertThat(sockets.tcp("no-such-host.invalid", 1, Tls.NONE, LIMIT))
                .contains(Refusal.nobody("unknown host no-such-host.invalid"));
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

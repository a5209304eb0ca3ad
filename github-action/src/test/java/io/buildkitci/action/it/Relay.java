package io.buildkitci.action.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes a port of this machine's loopback reachable from containers: a builder has a loopback of its own. */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final ExecutorService connections = Executors.newCachedThreadPool();

    /** @param listen an address that containers reach, such as that of the engine's bridge */
    Relay(String listen, int target) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName(listen));
        this.target = target;
        connections.execute(this::accept);
    }

    /** Where it listens, as {@code address:port}. */
    String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket from = server.accept();
                Socket to = new Socket(InetAddress.getByName("localhost"), target);
                connections.execute(() -> copy(from, to));
                connections.execute(() -> copy(to, from));
            } catch (IOException closed) {
                if (server.isClosed()) {
                    return;
                }
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** Until one side has said everything; the other may still be speaking. */
    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException reset) {
            shut(from);
            shut(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }
}

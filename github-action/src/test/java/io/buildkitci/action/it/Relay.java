package io.buildkitci.action.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a port of this machine's loopback reachable from containers: a builder has a loopback of its own. What comes back
 * can be held up in its middle.
 */
final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

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

    int port() {
        return server.getLocalPort();
    }

    /** Lets so many bytes more come back, and then none until it {@link #goesOn}. */
    void holdAfter(long bytes) {
        left.set(bytes);
    }

    /** Waits until something is held up. */
    void awaitHeld() throws InterruptedException {
        Await.until("bytes that are held up", () -> held.getCount() == 0);
    }

    void goesOn() {
        left.set(Long.MAX_VALUE);
        goesOn.countDown();
    }

    private void accept() {
        while (true) {
            try {
                Socket from = server.accept();
                connections.execute(() -> connect(from));
            } catch (IOException closed) {
                if (server.isClosed()) {
                    return;
                }
                throw new UncheckedIOException(closed);
            }
        }
    }

    private void connect(Socket from) {
        try {
            Socket to = new Socket(InetAddress.getByName("localhost"), target);
            connections.execute(() -> copy(from, to, false));
            connections.execute(() -> copy(to, from, true));
        } catch (IOException nobodyThere) {
            shut(from);
        }
    }

    /** Until one side has said everything; the other may still be speaking. */
    private void copy(Socket from, Socket to, boolean back) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[1 << 14];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (back && left.addAndGet(-n) < 0) {
                    held.countDown();
                    goesOn.await();
                }
                to.getOutputStream().write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException reset) {
            shut(from);
            shut(to);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
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

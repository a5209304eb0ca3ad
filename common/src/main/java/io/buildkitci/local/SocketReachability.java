package io.buildkitci.local;

import io.buildkitci.process.Reachability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Connects with this machine's sockets, greets as a gRPC client does, and hangs up. */
public final class SocketReachability implements Reachability {
    /**
     * The connection preface of HTTP/2 (RFC 9113, 3.4) with settings that say nothing. A server answers it with settings of
     * its own; one that wants TLS, or speaks something else, answers otherwise or hangs up.
     */
    private static final byte[] GREETING =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Optional<String> tcp(String host, int port, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        String why = "";
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port), left(end));
                    if (says(socket, end)) {
                        return Optional.empty();
                    }
                    why = "it takes connections and says nothing within " + limit.toSeconds() + " s";
                } catch (SocketTimeoutException e) {
                    why = "no answer within " + limit.toSeconds() + " s";
                } catch (IOException e) {
                    why = reason(e);
                }
                throwIfInterrupted();
            }
        } catch (UnknownHostException e) {
            why = "unknown host " + host;
        }
        return Optional.of(why);
    }

    private static int left(long end) {
        return (int) Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
    }

    /** Whether whoever is there says anything at all, be it that they hang up: what it means is for a client to tell. */
    private static boolean says(Socket socket, long end) {
        try {
            socket.getOutputStream().write(GREETING);
            socket.setSoTimeout(left(end));
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public Optional<String> unix(Path socket) throws InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty(); // no such sockets here: whoever connects in earnest will say so
        } catch (IOException e) {
            throwIfInterrupted();
            return Optional.of(reason(e));
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while connecting");
        }
    }
}

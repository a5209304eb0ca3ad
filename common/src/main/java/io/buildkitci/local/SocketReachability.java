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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Connects with this machine's sockets and hangs up. */
public final class SocketReachability implements Reachability {
    @Override
    public Optional<String> tcp(String host, int port, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        String why = "";
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                int left = (int)
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis());
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port), left);
                    return Optional.empty();
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

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
import java.util.function.BooleanSupplier;

/** Connects with this machine's sockets, greets as a gRPC client does, and hangs up. */
public final class SocketReachability implements Reachability {
    /**
     * The connection preface of HTTP/2 (RFC 9113, 3.4) with settings that say nothing. A server answers it with settings of
     * its own; one that wants TLS, or speaks something else, answers otherwise or hangs up.
     */
    private static final byte[] GREETING =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    /** What TLS begins with when it wants no more of somebody (RFC 8446, 5.1); what HTTP/2 begins with is a length. */
    private static final int ALERT = 21;

    @Override
    public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) throws InterruptedException {
        Optional<Refusal> refusal = Optional.empty();
        try {
            TlsTrial secure = new TlsTrial(tls.serverName().orElse(host), ClientCredentials.read(tls));
            InetAddress[] addresses = InetAddress.getAllByName(host);
            Deadline deadline = Deadline.in(limit);
            for (InetAddress address : addresses) {
                InetSocketAddress at = new InetSocketAddress(address, port);
                refusal = tls.equals(Tls.NONE) ? inClearText(at, secure, deadline) : secure.at(at, deadline);
                if (refusal.isEmpty()) {
                    break;
                }
                throwIfInterrupted();
            }
        } catch (ClientCredentials.NotUsable e) {
            return Optional.of(e.refusal());
        } catch (UnknownHostException e) {
            return Optional.of(Refusal.nobody("unknown host " + host));
        }
        return refusal;
    }

    private static Optional<Refusal> inClearText(InetSocketAddress at, TlsTrial secure, Deadline deadline) {
        try (Socket socket = new Socket()) {
            socket.connect(at, deadline.leftMillis());
            return greet(socket, deadline, () -> secure.isSpoken(at, deadline));
        } catch (SocketTimeoutException e) {
            return Optional.of(Refusal.nobody(deadline.noAnswer()));
        } catch (IOException e) {
            String why = reason(e);
            // whoever hangs up at once may be quicker than we are
            return why.startsWith("Connection reset") ? Optional.empty() : Optional.of(Refusal.nobody(why));
        }
    }

    /** What it means that somebody answers, or hangs up for another reason, is for a client to tell. */
    private static Optional<Refusal> greet(Socket socket, Deadline deadline, BooleanSupplier wantsTls) {
        int first = -1;
        try {
            socket.getOutputStream().write(GREETING);
            socket.setSoTimeout(deadline.leftMillis());
            first = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return Optional.of(Refusal.nobody(deadline.silence()));
        } catch (IOException e) {
            // as they hang up who are more polite
        }
        return (first < 0 || first == ALERT) && wantsTls.getAsBoolean()
                ? Optional.of(new Refusal(Wrong.WANTS_TLS, "it speaks TLS only"))
                : Optional.empty();
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

    static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while connecting");
        }
    }
}

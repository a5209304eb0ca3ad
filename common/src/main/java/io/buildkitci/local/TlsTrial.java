package io.buildkitci.local;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Wrong;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A TLS handshake with a gRPC server, for what comes of it. Such a server speaks first, so nothing is said to it. */
final class TlsTrial {
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");
    private static final String NO_TLS = "Unsupported or unrecognized SSL message";

    /** Alerts about the client's certificate (RFC 8446, 6.2). */
    private static final Set<String> DISTRUST = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "certificate_required",
            "unknown_ca",
            "access_denied");

    private final String serverName;
    private final ClientCredentials credentials;

    TlsTrial(String serverName, ClientCredentials credentials) {
        this.serverName = serverName;
        this.credentials = credentials;
    }

    /** Whether TLS is spoken there at all. */
    boolean isSpoken(InetSocketAddress at, Deadline deadline) {
        Set<Wrong> unspoken = Set.of(Wrong.NOBODY, Wrong.SPEAKS_NO_TLS);
        return at(at, deadline).filter(r -> !unspoken.contains(r.wrong())).isPresent();
    }

    /** Empty also for whatever only a client can tell. */
    Optional<Refusal> at(InetSocketAddress at, Deadline deadline) {
        Optional<Refusal> own = credentials.shown().stream()
                .findFirst()
                .flatMap(ServerTrust::ended)
                .map(why -> new Refusal(Wrong.CLIENT_CERTIFICATE, "the certificate in cert " + why));
        try (Flight socket = new Flight()) {
            socket.connect(at, deadline.leftMillis());
            return own.isPresent() ? own : shake(socket, deadline);
        } catch (SocketTimeoutException e) {
            return Optional.of(Refusal.nobody(deadline.noAnswer()));
        } catch (IOException e) {
            return Optional.of(Refusal.nobody(SocketReachability.reason(e)));
        }
    }

    private Optional<Refusal> shake(Flight socket, Deadline deadline) {
        ServerTrust trust = new ServerTrust(credentials.authorities(), new ServerName(serverName));
        ClientIdentity identity = new ClientIdentity(credentials);
        try (SSLSocket secure = secure(socket, trust, identity)) {
            socket.setSoTimeout(deadline.leftMillis());
            secure.startHandshake();
            socket.setSoTimeout(deadline.leftMillis());
            secure.getInputStream().read();
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of(Refusal.nobody(deadline.silence()));
        } catch (SSLException e) {
            return trust.refusal().or(() -> refusal(String.valueOf(e.getMessage()), identity));
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private SSLSocket secure(Flight socket, ServerTrust trust, ClientIdentity identity)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {identity}, new TrustManager[] {trust}, null);
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, serverName, socket.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        secure.setSSLParameters(parameters);
        return secure;
    }

    private Optional<Refusal> refusal(String said, ClientIdentity identity) {
        if (said.contains(NO_TLS)) {
            return Optional.of(new Refusal(Wrong.SPEAKS_NO_TLS, "it does not speak TLS"));
        }
        Matcher alert = ALERT.matcher(said);
        if (!alert.find() || !DISTRUST.contains(alert.group(1))) {
            return Optional.empty();
        }
        String takes = identity.asked().isEmpty() ? "" : " of the authority " + String.join(" or ", identity.asked());
        return Optional.of(
                credentials.shown().isEmpty()
                        ? new Refusal(Wrong.NO_CLIENT_CERTIFICATE, "it wants its clients to show a certificate" + takes)
                        : new Refusal(
                                Wrong.CLIENT_CERTIFICATE,
                                "it does not take the certificate in cert, which is of the authority "
                                        + credentials.shown().get(0).getIssuerX500Principal()
                                        + (takes.isEmpty() ? "" : ", but one" + takes)
                                        + " (" + alert.group(1).replace('_', ' ') + ")"));
    }
}

package io.buildkitci.local;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows a server the one certificate that there is, also when it asks for another's: what it says then tells why. */
final class ClientIdentity extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final ClientCredentials credentials;
    private List<String> asked = List.of();

    ClientIdentity(ClientCredentials credentials) {
        this.credentials = credentials;
    }

    /** The authorities whose certificates the server takes; empty when it did not say. */
    List<String> asked() {
        return asked;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        asked = Stream.of(issuers == null ? new Principal[0] : issuers)
                .map(Principal::getName)
                .toList();
        return credentials.key().isPresent() ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credentials.shown().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return credentials.key().orElse(null);
    }

    @Override
    public String[] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}

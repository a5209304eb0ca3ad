package io.buildkitci.local;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Wrong;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that has to stand in a server's certificate, among its alternative names, as Go looks for it. */
record ServerName(String text) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** Kinds of alternative names (RFC 5280, 4.2.1.6). */
    private static final int DNS = 2;

    private static final int IP = 7;

    Optional<Refusal> refusal(X509Certificate certificate) {
        List<String> names = names(certificate);
        if (names.stream().anyMatch(this::isMeantBy)) {
            return Optional.empty();
        }
        String has = names.isEmpty() ? "for no name (it has no subjectAltName)" : "for " + String.join(", ", names);
        return Optional.of(new Refusal(Wrong.SERVER_NAME, "its certificate is " + has + ", and not for " + text));
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0) instanceof Integer kind && (kind == DNS || kind == IP)) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // as if it had none
        }
        return names;
    }

    private boolean isMeantBy(String name) {
        if (ADDRESS.matcher(text).matches()) {
            return ADDRESS.matcher(name).matches() && address(text).equals(address(name));
        }
        String wanted = text.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        String given = name.toLowerCase(Locale.ROOT);
        return given.startsWith("*.") ? wanted.replaceFirst("^[^.]+", "*").equals(given) : wanted.equals(given);
    }

    /** Of what has the form of an address, so that no name is looked up. */
    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

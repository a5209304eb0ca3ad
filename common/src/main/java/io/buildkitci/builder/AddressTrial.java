package io.buildkitci.builder;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Wrong;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tries addresses of daemons without a client, which would wait 20 s for nobody and then say little. */
final class AddressTrial {
    static final Duration LIMIT = Duration.ofSeconds(3);

    private AddressTrial() {}

    /** Why no client can talk to whoever is there; empty when one may or when only one can tell. */
    static Optional<BuilderFailure> of(DaemonAddress daemon, Reachability reachability) throws InterruptedException {
        RemoteEndpoint endpoint = RemoteEndpoint.parse(daemon.url());
        if (endpoint instanceof RemoteEndpoint.Unix unix) {
            return reachability.unix(unix.path()).map(why -> nobody(daemon.url(), why));
        }
        if (!(endpoint instanceof RemoteEndpoint.Tcp tcp)) {
            return Optional.empty();
        }
        DaemonAddress.Tls tls = daemon.tls();
        Reachability.Tls files = new Reachability.Tls(tls.authority(), tls.certificate(), tls.key(), tls.serverName());
        return reachability.tcp(tcp.host(), tcp.port(), files, LIMIT).map(refusal -> failure(daemon.url(), refusal));
    }

    static BuilderFailure nobody(String url, String why) {
        return BuilderFailure.of(Reason.UNREACHABLE, "no buildkitd can be reached at " + url, why);
    }

    /** @param advice in place of the usual one */
    static BuilderFailure nobody(String url, String why, String advice) {
        return new BuilderFailure(Reason.UNREACHABLE, nobody(url, why).text(), advice, List.of());
    }

    private static BuilderFailure failure(String url, Refusal refusal) {
        return refusal.wrong() == Wrong.NOBODY
                ? nobody(url, refusal.why())
                : new BuilderFailure(
                        Reason.NOT_TRUSTED,
                        "no connection to the buildkitd at " + url + ": " + refusal.why(),
                        advice(refusal.wrong()),
                        List.of());
    }

    /** The files are options of the builder's driver, whoever talks to it. */
    private static String advice(Wrong wrong) {
        return switch (wrong) {
            case NOBODY -> "";
            case WANTS_TLS ->
                "make the builder with cacert=, cert= and key= in driver-opts, the files of the authority that the daemon's"
                        + " certificate is of, and of a certificate that the daemon takes";
            case SPEAKS_NO_TLS ->
                "drop cacert, cert, key and servername from driver-opts, or start buildkitd with --tlscert and --tlskey";
            case FILE -> "correct the files that driver-opts names: cacert=, and cert= and key= together";
            case AUTHORITY ->
                "give cacert= in driver-opts the file of that authority, or start buildkitd with a certificate of"
                        + " the authority that is there";
            case EXPIRED ->
                "renew the certificate that buildkitd is started with (--tlscert), or set the clock that is wrong";
            case SERVER_NAME ->
                "reach the daemon by a name that its certificate has, or give that name as servername= in driver-opts";
            case CLIENT_CERTIFICATE ->
                "give cert= and key= in driver-opts a certificate that is valid and of an authority that"
                        + " the daemon trusts (--tlscacert)";
            case NO_CLIENT_CERTIFICATE -> "give the files of one as cert= and key= in driver-opts";
        };
    }
}

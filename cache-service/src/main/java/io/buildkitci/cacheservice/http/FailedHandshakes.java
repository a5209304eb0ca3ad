package io.buildkitci.cacheservice.http;

import io.netty.handler.ssl.NotSslRecordException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Tells of connections by which TLS came to nothing, who it was and what would be right: one line for each peer and minute, and
 * of no more than a few peers, for anybody can connect as often as they like.
 */
final class FailedHandshakes {
    /** Peers that are told of in a minute. */
    static final int MOST = 20;

    private static final Duration EACH = Duration.ofMinutes(1);
    private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");
    private static final Pattern DISTRUST =
            Pattern.compile("bad_certificate|unknown_ca|certificate_\\w+|unsupported_certificate|unrecognized_name");
    /** An alert that is not encrypted, which OpenSSL sends where it does not take a certificate, as Java calls it. */
    private static final String BARE_ALERT = "AEAD cipher fragment (2)";

    private static final String TRUST =
            "it has to trust the authority of the certificate, which has to name the host that"
                    + " it connects to and be in date";
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]+");
    private static final int LONGEST = 200;

    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private final Set<String> told = new HashSet<>();
    private long untold;
    private long began;

    /** @param log takes one line, from several threads */
    FailedHandshakes(LongSupplier nanoTime, Consumer<String> log) {
        this.nanoTime = nanoTime;
        this.log = log;
        this.began = nanoTime.getAsLong();
    }

    /** @param peer its address, without the port: that is another one each time */
    void tell(String peer, SSLException cause) {
        if (isNews(peer)) {
            log.accept(peer + " could not be talked to by TLS: " + reason(cause));
        }
    }

    private synchronized boolean isNews(String peer) {
        long now = nanoTime.getAsLong();
        if (now - began >= EACH.toNanos()) {
            if (untold > 0) {
                log.accept(untold + " more TLS connections failed in that minute");
            }
            told.clear();
            untold = 0;
            began = now;
        }
        boolean news = told.size() < MOST && told.add(peer);
        untold += news ? 0 : 1;
        return news;
    }

    private static String reason(SSLException cause) {
        if (cause instanceof NotSslRecordException) {
            return "it spoke without TLS; its address for this service has to begin with https://";
        }
        String message = String.valueOf(cause.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find() && DISTRUST.matcher(alert.group(1)).matches()) {
            return "it does not take this service's certificate (" + alert.group(1) + "); " + TRUST;
        }
        if (message.contains(BARE_ALERT)) {
            return "it broke off, most likely for this service's certificate; " + TRUST;
        }
        String printable = UNPRINTABLE.matcher(message).replaceAll(" ");
        return printable.substring(0, Math.min(LONGEST, printable.length()))
                + "; it has to speak TLS 1.2 or 1.3 with the ciphers of a Java of today";
    }
}

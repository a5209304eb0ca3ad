package io.buildkitci.local;

import io.buildkitci.process.Web;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The web as this machine sees it, through the proxy that the environment names. */
public final class LocalWeb implements Web {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(20);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Map<String, String> environment;
    private final Duration silence;
    private @Nullable HttpClient client;

    /** @param environment of the process; the proxies are read from it */
    public LocalWeb(Map<String, String> environment) {
        this(environment, ANSWERS_WITHIN);
    }

    /** @param silence how long a server may say nothing */
    LocalWeb(Map<String, String> environment, Duration silence) {
        this.environment = Map.copyOf(environment);
        this.silence = silence;
    }

    /** Made when it is first needed: most runs ask for nothing. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECTS_WITHIN)
                    .proxy(new ProxyVariables(environment))
                    .build();
        }
        return client;
    }

    @Override
    public Reply get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
        URI at = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = send(at, isSameHost(at, address) ? headers : Map.of());
            Optional<String> location = response.headers().firstValue("location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return new LocalReply(response);
            }
            response.body().close();
            at = redirected(at, location.get());
        }
        throw new IOException(address + " leads from one address to the next without end");
    }

    private HttpResponse<InputStream> send(URI address, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(silence).header("User-Agent", "buildkit-ci");
        headers.forEach(request::header);
        try {
            return client().send(request.build(), info -> new Incoming(silence));
        } catch (ConnectException e) { // its message is often empty
            String reason = String.valueOf(e.getMessage()).equals("null") ? "nobody listens there" : e.getMessage();
            throw new IOException(reason, e);
        }
    }

    static URI redirected(URI from, String location) throws IOException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(from + " leads to '" + location + "', which is no address", e);
        }
        if (isSecure(from) && !isSecure(to)) {
            throw new IOException(from + " leads to " + to + ", which is not encrypted");
        }
        return to;
    }

    private static boolean isSecure(URI address) {
        return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT).equals("https");
    }

    private static boolean isSameHost(URI one, URI other) {
        return one.getPort() == other.getPort()
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && isSecure(one) == isSecure(other);
    }

    private record LocalReply(HttpResponse<InputStream> response) implements Reply {
        @Override
        public int status() {
            return response.statusCode();
        }

        @Override
        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        @Override
        public InputStream content() {
            return response.body();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}

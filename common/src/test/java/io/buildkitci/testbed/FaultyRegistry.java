package io.buildkitci.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry that misbehaves as the first word of a repository's name says, and is a good one otherwise: what is not to
 * fail is passed to a real registry. {@code localhost:5900/status-429/app:1} answers everything with 429.
 *
 * <pre>
 * status-N      answers every request with status N
 * flaky-N-K     answers the first K requests that put or get a manifest with N, and the others well
 * broken-K      breaks the connection of the first K requests that put or get a manifest
 * drop          breaks the connection of every request
 * stall         never answers a request that writes
 * stall-read    never answers a request for a manifest
 * hub           answers every request with Docker Hub's words for too many pulls
 * expired       answers every request with ECR's words for credentials that are too old
 * no-index      takes no OCI index
 * no-oci        takes no manifest of an OCI media type
 * immutable     takes no tag that it has already: ECR's words; immutable-412: Harbor's
 * large         takes no manifest, because it is too large
 * good          is a good registry
 * </pre>
 *
 * <p>Needs nothing but the JDK, so that scripts can start it: {@code java FaultyRegistry.java <port> <registry>}.
 */
public final class FaultyRegistry implements AutoCloseable {
    private static final Pattern REPOSITORY = Pattern.compile("^/v2/([a-z]+)([a-z0-9-]*)/.*");
    private static final Map<Integer, String> CODES = Map.of(401, "UNAUTHORIZED", 403, "DENIED");
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "expect", "upgrade", "transfer-encoding", "http2-settings");

    private final HttpServer server;
    private final URI real;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyRegistry::daemon);
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    private FaultyRegistry(int port, String registry) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        real = URI.create("http://" + registry);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** On a free port of loopback. */
    public static FaultyRegistry before(String registry) throws IOException {
        return new FaultyRegistry(0, registry);
    }

    public static void main(String[] arguments) throws IOException {
        FaultyRegistry registry = new FaultyRegistry(Integer.parseInt(arguments[0]), arguments[1]);
        System.out.println(registry.address());
    }

    public String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-registry");
        thread.setDaemon(true);
        return thread;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher fault = REPOSITORY.matcher(exchange.getRequestURI().getPath());
        try (exchange) {
            if (!fault.matches() || !misbehaved(fault.group(1), fault.group(2), exchange)) {
                pass(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it did; then the exchange is over. */
    private boolean misbehaved(String fault, String numbers, HttpExchange exchange)
            throws IOException, InterruptedException {
        int first = number(numbers, 1);
        boolean manifest = exchange.getRequestURI().getPath().contains("/manifests/");
        boolean writes = !Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        return switch (fault + (numbers.startsWith("-read") ? "-read" : "")) {
            case "status" -> refuse(exchange, first, CODES.getOrDefault(first, "UNKNOWN"), "no reason given");
            case "flaky" ->
                manifest && count(exchange) <= number(numbers, 2) && refuse(exchange, first, "UNKNOWN", "come again");
            case "broken" -> manifest && count(exchange) <= first;
            case "drop" -> true;
            case "stall" -> writes && never();
            case "stall-read" -> manifest && never();
            case "hub" -> rateLimited(exchange);
            case "expired" ->
                refuse(exchange, 403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
            case "no" ->
                writes
                        && manifest
                        && type.contains(numbers.equals("-index") ? "image.index" : "vnd.oci")
                        && refuse(exchange, 400, "MANIFEST_INVALID", "manifest invalid: unknown media type " + type);
            case "immutable" -> writes && manifest && refuseTag(exchange, numbers);
            case "large" -> writes && manifest && refuse(exchange, 413, "SIZE_INVALID", "manifest is too large");
            default -> false;
        };
    }

    private static boolean rateLimited(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", "3");
        return refuse(
                exchange,
                429,
                "TOOMANYREQUESTS",
                "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit");
    }

    private boolean refuseTag(HttpExchange exchange, String numbers) throws IOException {
        return numbers.equals("-412")
                ? refuse(
                        exchange,
                        412,
                        "PRECONDITION",
                        "Failed to process request due to 'app:1' configured as immutable.")
                : refuse(
                        exchange,
                        400,
                        "TAG_INVALID",
                        "The image tag '1' already exists in the 'app' repository and cannot be overwritten because the"
                                + " repository is immutable.");
    }

    private static int number(String numbers, int index) {
        String[] parts = numbers.split("-", -1);
        return parts.length > index && parts[index].matches("\\d+") ? Integer.parseInt(parts[index]) : 0;
    }

    private int count(HttpExchange exchange) {
        String repository = exchange.getRequestURI().getPath().replaceAll("^/v2/|/manifests/.*", "");
        return counts.computeIfAbsent(repository, name -> new AtomicInteger()).incrementAndGet();
    }

    private static boolean never() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
        return true;
    }

    private static boolean refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        byte[] body = "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                .formatted(code, message)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        return true;
    }

    private void pass(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(real.resolve(exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        byte[] sent = exchange.getRequestBody().readAllBytes();
        request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.headers()
                .map()
                .forEach((name, values) -> values.stream()
                        .filter(value -> !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)))
                        .map(value -> value.replace(real.getAuthority(), address()))
                        .forEach(value -> exchange.getResponseHeaders().add(name, value)));
        byte[] body = response.body().readAllBytes();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        response.headers()
                .firstValue("content-length")
                .filter(length -> head)
                .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
        exchange.sendResponseHeaders(response.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

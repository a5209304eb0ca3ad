import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Speaks as much of BuildKit's type=gha as it takes to export to it, and throws everything away: what is left is the client's time. */
public final class NullCache {
    private NullCache() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> answer(exchange, "http://127.0.0.1:" + port + "/blob"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String blob) throws IOException {
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = exchange.getRequestBody()) {
            while (in.read(buffer) >= 0) {
                continue;
            }
        }
        String path = exchange.getRequestURI().getPath();
        String json = path.endsWith("CreateCacheEntry")
                ? "{\"ok\":true,\"signed_upload_url\":\"" + blob + "\"}"
                : path.endsWith("FinalizeCacheEntryUpload") ? "{\"ok\":true,\"entry_id\":\"1\"}" : "{\"ok\":false}";
        byte[] body = path.endsWith("/blob") ? new byte[0] : json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", path.endsWith("/blob") ? "application/xml" : "application/json");
        exchange.getResponseHeaders().set("x-ms-request-id", "1");
        exchange.sendResponseHeaders(path.endsWith("/blob") ? 201 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

package io.buildkitci.action.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that wants a password. It is the only way to every host, for it answers in their place. */
final class SmallProxy implements Closeable {
    private static final int PASSWORD_IS_WANTED = 407;

    private final HttpServer server;
    private final String password;
    private final List<String> passed = new CopyOnWriteArrayList<>();

    SmallProxy(String password) throws IOException {
        this.password = password;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** As variables name it. */
    String address() {
        return "http://person:" + password + "@127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was got through it, by those who had the password. */
    List<String> passed() {
        return List.copyOf(passed);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String right = "Basic "
                    + Base64.getEncoder().encodeToString(("person:" + password).getBytes(StandardCharsets.UTF_8));
            if (!right.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                exchange.sendResponseHeaders(PASSWORD_IS_WANTED, -1);
                return;
            }
            passed.add(exchange.getRequestURI().toString());
            byte[] body = "through the proxy\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

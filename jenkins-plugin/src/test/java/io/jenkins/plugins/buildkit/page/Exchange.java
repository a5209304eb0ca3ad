package io.jenkins.plugins.buildkit.page;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One request and what was answered; what the plugin does not use of either is refused. */
final class Exchange {
    private final String method;
    private final Map<String, String> requestHeaders;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final Map<String, String> headers = new TreeMap<>();
    int status = HttpServletResponse.SC_OK;

    Exchange(String method, Map<String, String> requestHeaders) {
        this.method = method;
        this.requestHeaders = requestHeaders;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (self, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getHeader" -> requestHeaders.get((String) arguments[0]);
            default -> throw unexpected(called);
        });
    }

    HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setContentLengthLong" -> headers.put("Content-Length", arguments[0].toString());
                case "setStatus", "sendError" -> status = (int) arguments[0];
                case "getOutputStream" -> {
                    return new Body(body);
                }
                default -> throw unexpected(called);
            }
            return null;
        });
    }

    private static UnsupportedOperationException unexpected(Method method) {
        return new UnsupportedOperationException(method.getName());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Body extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }
    }
}

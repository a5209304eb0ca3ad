package io.buildkitci.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * A server on this machine with the layout of GitHub: releases below {@code /<owner>/<name>/releases/download/<tag>/},
 * its REST interface below {@code /api}.
 */
public final class ReleaseServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedDeque<Trouble>> troubles = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();

    /** What goes wrong with one answer. */
    public sealed interface Trouble {}

    /** It has this status, and headers such as {@code Retry-After: 1}. */
    public record Answers(int status, Map<String, String> headers) implements Trouble {}

    /** The connection ends after half of it. */
    public record BreaksOff() implements Trouble {}

    /** Half of it comes, and then nothing more. */
    public record FallsSilent() implements Trouble {}

    public ReleaseServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** As GitHub, with a REST interface. */
    public Source github(Optional<String> token) {
        return new Source(address(), Optional.of(address() + "/api"), token);
    }

    public Source mirror() {
        return Source.mirror(address());
    }

    /** Paths with their queries, in the order in which they were asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void forget() {
        asked.clear();
    }

    /** What the last question for a path had for its {@code Authorization}; empty text for none. */
    public String authorization(String path) {
        return authorizations.getOrDefault(path, "");
    }

    public ReleaseServer page(String path, byte[] content) {
        pages.put(path, content);
        return this;
    }

    public ReleaseServer page(String path, String content) {
        return page(path, content.getBytes(UTF_8));
    }

    public ReleaseServer redirect(String path, String location) {
        redirects.put(path, location);
        return this;
    }

    /** The next answers for a path are these; then it is well again. */
    public ReleaseServer trouble(String path, Trouble... next) {
        troubles.computeIfAbsent(path, p -> new ConcurrentLinkedDeque<>()).addAll(List.of(next));
        return this;
    }

    /** Where a file of a release is. */
    public static String path(Release release, String file) {
        Tool tool = release.tool();
        return "/" + tool.repository() + "/releases/download/" + tool.tag(release.version()) + "/" + file;
    }

    /** A file of a release, as it is. */
    public ReleaseServer file(Release release, String file, byte[] content) {
        return page(path(release, file), content);
    }

    /** With a {@code checksums.txt} that tells the sum of one file. */
    public ReleaseServer sums(Release release, String file, String sum) {
        return page(path(release, "checksums.txt"), sum + " *" + file + "\n");
    }

    /** The list of releases, on the interface and for a mirror: {@code v1.2.3}, {@code v1.3.0-rc1}. */
    public ReleaseServer list(Tool tool, String... tags) {
        List<String> releases = new ArrayList<>();
        for (String tag : tags) {
            releases.add("{\"tag_name\":\"%s\",\"draft\":%s,\"prerelease\":%s,\"assets\":[]}"
                    .formatted(tag, tag.contains("draft"), tag.contains("-rc")));
        }
        String json = "[" + String.join(",", releases) + "]";
        page("/api/repos/" + tool.repository() + "/releases?per_page=100&page=1", json);
        return page("/" + tool.repository() + "/releases.json", json);
    }

    public static String sha256(byte[] content) {
        MessageDigest digest = Sha256.digest();
        digest.update(content);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** An archive of programs by their paths. */
    public static byte[] tarGz(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(0755);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        authorizations.put(
                path,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""));
        ConcurrentLinkedDeque<Trouble> next = troubles.getOrDefault(path, new ConcurrentLinkedDeque<>());
        Trouble trouble = next.poll();
        byte[] content = pages.get(path);
        try (exchange) {
            if (trouble instanceof Answers answers) {
                answers.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(answers.status(), -1);
            } else if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().set("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                send(content, trouble, exchange);
            }
        }
    }

    @SuppressWarnings("ThreadSleep") // a server that says nothing more
    private static void send(byte[] content, @org.jspecify.annotations.Nullable Trouble trouble, HttpExchange exchange)
            throws IOException {
        if (trouble == null) {
            exchange.getResponseBody().write(content);
            return;
        }
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
        if (trouble instanceof FallsSilent) {
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.buildkitci.action.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The repository octo/app of one commit, fetched over HTTP from this machine by those who have its token, if it has one.
 * Git fetches from plain files once {@code git update-server-info} has listed them.
 */
final class ServedRepository implements Closeable {
    static final String NAME = "octo/app";

    private final HttpServer server;
    private final Path root;
    private final String token;
    private final String commit;
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    /** @param token empty for a repository that everybody may read */
    ServedRepository(RunnerJob job, Map<String, String> files, String token) throws IOException, InterruptedException {
        this.token = token;
        root = Files.createTempDirectory(job.folder(), "served-");
        Path clone = Files.createDirectories(root.resolve("clone"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = clone.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().replace("FROM BASE", "FROM " + CommandLine.TESTBED.base()));
        }
        CommandLine in = job.machine();
        git(in, clone, "init", "--quiet", "--initial-branch", "main");
        git(in, clone, "add", "--all");
        git(
                in,
                clone,
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.com",
                "commit",
                "--quiet",
                "--message",
                "First");
        commit = git(in, clone, "rev-parse", "HEAD").out().strip();
        Path bare = root.resolve(NAME + ".git");
        git(in, root, "clone", "--quiet", "--bare", clone.toString(), bare.toString());
        git(in, bare, "update-server-info");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        job.with("GITHUB_SERVER_URL", address()).with("GITHUB_REPOSITORY", NAME).with("GITHUB_SHA", commit);
    }

    private static Said git(CommandLine in, Path directory, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-C", directory.toString()));
        words.addAll(List.of(arguments));
        Said said = in.program(Path.of("git"), words.toArray(String[]::new));
        if (said.exit() != 0) {
            throw new AssertionError(said);
        }
        return said;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            Path file = root.resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            asked.add(String.valueOf(given));
            if (!token.isEmpty() && !isToken(given)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"it\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] content = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    /** As GitHub takes it: the password of any name. */
    private boolean isToken(String given) {
        String prefix = "basic ";
        return given != null
                && given.regionMatches(true, 0, prefix, 0, prefix.length())
                && new String(Base64.getDecoder().decode(given.substring(prefix.length())), StandardCharsets.UTF_8)
                        .endsWith(":" + token);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String commit() {
        return commit;
    }

    /** Headers of authorization that requests had. */
    Set<String> authorizations() {
        return new TreeSet<>(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A cache service in a process of its own, as {@code cache serve} starts it. */
final class ServedCache implements AutoCloseable {
    static final String MAIN = "refs/heads/main";

    private final CommandLine commandLine;
    private final Path directory;
    private final String host;
    private final int port;
    private final List<String> options;
    private final Map<List<String>, String> tokens = new HashMap<>();
    private Running service;

    private ServedCache(CommandLine commandLine, String host, List<String> options)
            throws IOException, InterruptedException {
        this.commandLine = commandLine;
        this.directory = Files.createTempDirectory(commandLine.folder(), "served-");
        this.host = host;
        this.port = FreePorts.next();
        this.options = List.copyOf(options);
        this.service = start();
    }

    /** @param options of {@code cache serve}, besides its directory and address */
    static ServedCache in(CommandLine commandLine, String... options) throws IOException, InterruptedException {
        return at("127.0.0.1", commandLine, options);
    }

    /** One that listens at an address of this machine. */
    static ServedCache at(String host, CommandLine commandLine, String... options)
            throws IOException, InterruptedException {
        return new ServedCache(commandLine, host, List.of(options));
    }

    private Running start() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("cache", "serve", "--dir", directory.toString(), "--listen", host + ":" + port));
        arguments.addAll(options);
        Running started = commandLine.start(arguments.toArray(String[]::new));
        started.awaitErr("kept in");
        return started;
    }

    Running process() {
        return service;
    }

    /** After it was killed. */
    void again() throws IOException, InterruptedException {
        service.close();
        tokens.clear(); // its directory may be another by now
        service = start();
    }

    Path directory() {
        return directory;
    }

    /** A token for a scope that reads others too, as the command line makes it; the same each time for the same. */
    String token(String scope, String... more) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("cache", "token", "--dir", directory.toString(), "--scope", scope));
        arguments.addAll(List.of(more));
        String known = tokens.get(arguments);
        if (known == null) {
            known = made(arguments);
            tokens.put(arguments, known);
        }
        return known;
    }

    private String made(List<String> arguments) throws IOException, InterruptedException {
        Said said = commandLine.run(arguments.toArray(String[]::new));
        if (said.exit() != 0) {
            throw new AssertionError(said.toString());
        }
        return said.out().strip();
    }

    /** How this machine reaches it. */
    String address() {
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port;
    }

    /** What a call that needs nothing but a token is answered with. */
    int status(String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    int port() {
        return port;
    }

    /** What writes it by hand, from a token of any client. */
    String to(String token, String name) {
        return "--cache-to=" + entry(token, name) + ",mode=max";
    }

    /** The same for the default branch. */
    String to(String name) throws IOException, InterruptedException {
        return to(token(MAIN, "--write"), name);
    }

    /** What reads it by hand. */
    String from(String token, String name) {
        return "--cache-from=" + entry(token, name);
    }

    /** The same for the default branch. */
    String from(String name) throws IOException, InterruptedException {
        return fromPort(port, name);
    }

    /** The same by way of another port of this machine. */
    String fromPort(int other, String name) throws IOException, InterruptedException {
        return "--cache-from=" + entry(other, token(MAIN), name);
    }

    /** One entry of {@code cache-from} or {@code cache-to}. */
    String entry(String token, String name) {
        return entry(port, token, name);
    }

    private static String entry(int port, String token, String name) {
        return "type=gha,version=2,url_v2=http://127.0.0.1:%d/,token=%s,scope=%s".formatted(port, token, name);
    }

    JsonNode upkeep(String what) throws IOException, InterruptedException {
        return commandLine
                .run("cache", what, "--dir", directory.toString(), "--json")
                .built();
    }

    /** One of its numbers. */
    long metric(String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address() + "/metrics")).build();
        String text = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Stream.of(text.split("\n", -1))
                .filter(line -> line.startsWith("buildkit_ci_cache_" + name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        service.close();
    }
}

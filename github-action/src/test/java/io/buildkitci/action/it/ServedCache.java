package io.buildkitci.action.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cache service in a process of its own, as {@code cache serve} starts it. */
final class ServedCache implements AutoCloseable {
    private final CommandLine commandLine;
    private final Path directory;
    private final String host;
    private final int port;
    private Running service;

    private ServedCache(CommandLine commandLine, Path directory, String host, int port)
            throws IOException, InterruptedException {
        this.commandLine = commandLine;
        this.directory = directory;
        this.host = host;
        this.port = port;
        this.service = start();
    }

    static ServedCache in(CommandLine commandLine) throws IOException, InterruptedException {
        return at("127.0.0.1", commandLine);
    }

    /** One that listens at an address of this machine. */
    static ServedCache at(String host, CommandLine commandLine) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(commandLine.folder(), "served-");
        return new ServedCache(commandLine, directory, host, OwnBuildkitd.freePort());
    }

    private Running start() throws IOException, InterruptedException {
        Running started =
                commandLine.start("cache", "serve", "--dir", directory.toString(), "--listen", host + ":" + port);
        started.awaitErr("kept in");
        return started;
    }

    Running process() {
        return service;
    }

    /** After it was killed. */
    void again() throws IOException, InterruptedException {
        service.close();
        service = start();
    }

    Path directory() {
        return directory;
    }

    /** A token for a scope that reads others too, as the command line makes it. */
    String token(String scope, String... more) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("cache", "token", "--dir", directory.toString(), "--scope", scope));
        arguments.addAll(List.of(more));
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

    /** One entry of {@code cache-from} or {@code cache-to}. */
    String entry(String token, String name) {
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

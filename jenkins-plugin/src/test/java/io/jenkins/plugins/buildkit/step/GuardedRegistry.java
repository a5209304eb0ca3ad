package io.jenkins.plugins.buildkit.step;

import io.buildkitci.testbed.FreePorts;
import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A registry of its own that lets nobody in but one user. */
final class GuardedRegistry implements AutoCloseable {
    static final String USER = "robot";
    static final String PASSWORD = "pl4nted-pass-of-a-registry";
    /** Of that password, by bcrypt. */
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuVSSyL33Jx45o/30r2EaVQK1xngUe9mG";

    private final Process process;
    private final String host;

    private GuardedRegistry(Process process, String host) {
        this.process = process;
        this.host = host;
    }

    static GuardedRegistry start(Path directory) throws IOException, InterruptedException {
        int port = FreePorts.next();
        Files.createDirectories(directory);
        Path users = Files.writeString(directory.resolve("htpasswd"), USER + ":" + HASH + "\n");
        Path configuration = Files.writeString(
                directory.resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                auth: {htpasswd: {realm: guarded, path: %s}}
                """.formatted(directory.resolve("data"), port, users));
        Process process = new ProcessBuilder(
                        Testbed.here().registryProgram().toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        GuardedRegistry registry = new GuardedRegistry(process, "localhost:" + port);
        while (registry.status("/v2/") != 200) {
            if (!process.isAlive()) {
                throw new AssertionError("no registry: " + Files.readString(directory.resolve("log")));
            }
            Thread.sleep(20);
        }
        return registry;
    }

    String host() {
        return host;
    }

    /** As Docker's clients keep it. */
    static String auth() {
        return Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** What it answers to the user. */
    int status(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + path))
                .header("Authorization", "Basic " + auth())
                .header("Accept", "application/vnd.oci.image.index.v1+json")
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Servers of the test's own that keep caches: our own service for {@code gha}, one for S3 and one for Azure Blob Storage. */
final class Stores implements AutoCloseable {
    private static final String SCOPE = "refs/heads/main";
    private static final String BUCKET = "caches";
    private static final String ACCOUNT = "its";

    private final String key =
            Base64.getEncoder().encodeToString(CommandLine.fresh().getBytes(StandardCharsets.UTF_8));
    private final int s3Port = FreePorts.next();
    private final int azblobPort = FreePorts.next();
    private final CommandLine machine = CommandLine.in(Files.createTempDirectory("its-stores-"), TESTBED.buildx());
    private final ServedCache gha = ServedCache.in(machine);
    private final Running s3;
    private final Running azblob;

    Stores() throws IOException, InterruptedException {
        s3 = start(
                Map.of(),
                TESTBED.s3().toString(),
                "-backend",
                "memory",
                "-host",
                "127.0.0.1:" + s3Port,
                "-initialbucket",
                BUCKET);
        azblob = start(
                Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + key),
                "node",
                TESTBED.azblob().toString(),
                "--inMemoryPersistence",
                "--disableTelemetry",
                "--skipApiVersionCheck",
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(azblobPort));
        for (int port : List.of(s3Port, azblobPort)) {
            Await.until("a server at port " + port, () -> listens(port));
        }
    }

    private Running start(Map<String, String> variables, String... argv) throws IOException {
        Map<String, String> environment = new TreeMap<>(machine.environment());
        environment.putAll(variables);
        Path folder = machine.folder();
        return Running.start(List.of(argv), environment, folder, folder.resolve("said"));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Both sides of one cache. */
    record Sides(String to, String from) {}

    /** @param folder for a cache of type local */
    Sides of(CacheType type, String image, Path folder) throws IOException, InterruptedException {
        String name = CommandLine.fresh();
        return switch (type) {
            case INLINE -> new Sides("type=inline", "type=registry,ref=" + image);
            case REGISTRY -> both("type=registry,ref=" + image + "-cache");
            case LOCAL ->
                new Sides("type=local,mode=max,dest=" + folder.resolve(name), "type=local,src=" + folder.resolve(name));
            case GHA ->
                new Sides(
                        gha.entry(gha.token(SCOPE, "--write"), name) + ",mode=max", gha.entry(gha.token(SCOPE), name));
            case S3 ->
                both(("type=s3,region=us-east-1,bucket=%s,name=%s,endpoint_url=http://127.0.0.1:%d,"
                                + "use_path_style=true,access_key_id=its,secret_access_key=%s")
                        .formatted(BUCKET, name, s3Port, key));
            case AZBLOB ->
                both(("type=azblob,account_url=http://127.0.0.1:%d/%s,account_name=%s,container=%s,name=%s,"
                                + "secret_access_key=%s")
                        .formatted(azblobPort, ACCOUNT, ACCOUNT, BUCKET, name, key));
        };
    }

    private static Sides both(String entry) {
        return new Sides(entry + ",mode=max", entry);
    }

    @Override
    public void close() throws IOException {
        azblob.close();
        s3.close();
        gha.close();
        Builder.delete(machine.folder());
    }
}

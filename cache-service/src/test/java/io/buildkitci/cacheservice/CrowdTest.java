package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixty-four clients at once, and a process that ends where it would need more memory than it is given. */
class CrowdTest {
    private static final int CLIENTS = 64;
    private static final int BLOCKS = 3;

    @TempDir
    Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @Test
    void theMemoryThatTheyTakeHasABound() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(
                directory,
                "-Xmx40m",
                "-XX:MaxDirectMemorySize=40m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError")) {
            List<Future<byte[]>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                byte[] content = Served.bytes((BLOCKS << 20) - client, client);
                Caller caller = service.bearer();
                all.add(clients.submit(() -> stored(caller, content)));
            }
            for (int client = 0; client < CLIENTS; client++) {
                assertThat(all.get(client).get()).isEqualTo(Served.bytes((BLOCKS << 20) - client, client));
            }
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    private static byte[] stored(Caller caller, byte[] content) throws Exception {
        String key = Caller.blobKey(content);
        String url = Caller.json(caller.create(key)).text("signed_upload_url");
        StringBuilder list = new StringBuilder("<BlockList>");
        for (int block = 0; block < BLOCKS; block++) {
            int from = block << 20;
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + (1 << 20)));
            caller.send("PUT", url + "?comp=block&blockid=" + block, part, Map.of());
            list.append("<Latest>").append(block).append("</Latest>");
        }
        byte[] xml = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
        caller.send("PUT", url + "?comp=blocklist", xml, Map.of());
        assertThat(caller.finish(key, content.length).statusCode()).isEqualTo(200);
        try (InputStream in = URI.create(caller.url(key)).toURL().openStream()) {
            return in.readAllBytes();
        }
    }
}

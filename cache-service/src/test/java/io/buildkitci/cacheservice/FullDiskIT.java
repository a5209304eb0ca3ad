package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a file system of its own that has 24 MB, less than its quota. */
class FullDiskIT {
    private static final byte[] KEPT = Served.bytes(3 << 20, 1);
    private static final byte[] LARGE = Served.bytes(30 << 20, 2);
    private static final byte[] SMALL = Served.bytes(1000, 3);

    @TempDir
    Path directory;

    private Path disk;
    private Served served;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        served = new Served(disk.resolve("served"), Limits.of(1L << 30, 1L << 30), Optional.empty());
        assertThat(served.bearer(Served.MAIN).store(Caller.blobKey(KEPT), KEPT)).isEqualTo(200);
    }

    @AfterEach
    void unmount() throws Exception {
        served.close();
        run("umount", disk.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void fill() throws IOException {
        try (FileChannel ballast =
                FileChannel.open(disk.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(4096);
            while (true) {
                ballast.write(zeros.clear());
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void anUploadThatDoesNotFitIsRefusedWhenItIsFinishedAndLeavesNothing() throws Exception {
        Caller main = served.bearer(Served.MAIN);
        String url = Caller.json(main.create("large")).text("signed_upload_url");
        assertThat(main.send("PUT", url, LARGE, Map.of("x-ms-blob-type", "BlockBlob"))
                        .statusCode())
                .isEqualTo(201);
        var finished = main.finish("large", LARGE.length);
        assertThat(finished.statusCode()).isEqualTo(412);
        assertThat(Caller.json(finished).text("message")).contains("No space left on device");
        assertThat(storedSoon(main)).isEqualTo(200);
        assertThat(main.send("GET", main.url(Caller.blobKey(KEPT)), new byte[0], Map.of())
                        .body())
                .isEqualTo(KEPT);
    }

    /** What was refused is removed beside what goes on, so that its room is there a moment later. */
    private static int storedSoon(Caller main) throws Exception {
        int status = main.store("small", SMALL);
        for (int tries = 0; status != 200 && tries < 500; tries++) {
            Thread.sleep(20);
            status = main.store("small", SMALL);
        }
        return status;
    }

    @Test
    void onADiskThatOthersFilledItReadsOnAndWritesAgainWhenThereIsRoom() throws Exception {
        Caller main = served.bearer(Served.MAIN);
        String token = served.service().mint(Served.MAIN, Served.LIFE);
        Map<String, String> ended = Map.of("Authorization", "Bearer " + token);
        fill();
        for (int i = 0; i < 5; i++) {
            assertThat(main.store("small" + i, SMALL)).isIn(412, 429);
            assertThat(main.send("GET", main.url(Caller.blobKey(KEPT)), new byte[0], Map.of())
                            .body())
                    .isEqualTo(KEPT);
            served.service().store().collect();
            assertThat(main.send("POST", served.base() + "/revoke", new byte[0], ended)
                            .statusCode())
                    .isIn(204, 401);
        }
        Files.delete(disk.resolve("ballast"));
        assertThat(storedSoon(main)).isEqualTo(200);
        String other = served.service().mint(Served.MAIN, Served.LIFE);
        main.send("POST", served.base() + "/revoke", new byte[0], Map.of("Authorization", "Bearer " + other));
        served.again();
        assertThat(served.bearer(Served.MAIN).url("small")).isNotEmpty();
        assertThat(served.bearer(token).find("small").statusCode()).isEqualTo(401);
    }
}

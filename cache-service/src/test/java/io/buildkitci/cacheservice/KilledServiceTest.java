package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed, or asked to end, while contents are on their way in and out. */
class KilledServiceTest {
    private static final byte[] STORED = Served.bytes(40 << 20, 1);
    private static final byte[] COMING = Served.bytes(4 << 20, 2);

    @TempDir
    Path directory;

    private static Socket connected(ServiceProcess service) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Sends the head of an upload and half of its bytes. */
    private static Socket halfSent(ServiceProcess service, String url) throws IOException {
        Socket socket = connected(service);
        String head = "PUT " + url.substring(service.base().length()) + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                + COMING.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(COMING, 0, COMING.length / 2);
        socket.getOutputStream().flush();
        return socket;
    }

    /** Asks for a content and reads a little of it. */
    private static InputStream halfRead(String url) throws IOException {
        InputStream in = URI.create(url).toURL().openStream();
        assertThat(in.readNBytes(1000)).hasSize(1000);
        return in;
    }

    /** The system takes connections in until the selector has let go of the closed socket. */
    private static boolean refusesSoon(ServiceProcess service) throws InterruptedException {
        for (int tries = 0; tries < 1500; tries++) {
            try (Socket taken = connected(service)) {
                assertThat(taken.isConnected()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    private static int untilItBreaks(InputStream reading) {
        int read = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int n = reading.read(buffer); n >= 0; n = reading.read(buffer)) {
                read += n;
            }
        } catch (IOException e) {
            return read;
        }
        return read;
    }

    private long files(String folder) throws IOException {
        try (Stream<Path> walk = Files.walk(directory.resolve(folder))) {
            return walk.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void killedInTheMiddleItHasAllThatWasFinishedAndNothingElse() throws Exception {
        String stored = Caller.blobKey(STORED);
        String coming = Caller.blobKey(COMING);
        try (ServiceProcess service = ServiceProcess.start(directory)) {
            Caller main = service.bearer();
            assertThat(main.store(stored, STORED)).isEqualTo(200);
            String url = Caller.json(main.create(coming)).text("signed_upload_url");
            try (Socket sending = halfSent(service, url);
                    InputStream reading = halfRead(main.url(stored))) {
                service.kill();
                assertThat(untilItBreaks(reading)).isLessThan(STORED.length - 1000);
                assertThatThrownBy(() -> {
                            if (sending.getInputStream().read() < 0) {
                                throw new IOException("the connection was closed");
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }
        try (ServiceProcess again = ServiceProcess.start(directory)) {
            assertThat(files("uploads") + files("trash")).isZero();
            assertThat(files("blobs")).isEqualTo(1);
            Caller main = again.bearer();
            assertThat(main.url(coming)).isEmpty();
            assertThat(main.send("GET", main.url(stored), new byte[0], Map.of()).body())
                    .isEqualTo(STORED);
            assertThat(main.store(coming, COMING)).isEqualTo(200);
        }
    }

    @Test
    void askedToEndItLetsWhatIsUnderWayEnd() throws Exception {
        String stored = Caller.blobKey(STORED);
        try (ServiceProcess service = ServiceProcess.start(directory)) {
            Caller main = service.bearer();
            assertThat(main.store(stored, STORED)).isEqualTo(200);
            String url = Caller.json(main.create(Caller.blobKey(COMING))).text("signed_upload_url");
            try (Socket sending = halfSent(service, url);
                    Socket idle = connected(service);
                    InputStream reading = halfRead(main.url(stored))) {
                service.process().destroy();
                assertThat(idle.getInputStream().read()).isEqualTo(-1);
                assertThat(refusesSoon(service)).isTrue();

                sending.getOutputStream().write(COMING, COMING.length / 2, COMING.length - COMING.length / 2);
                sending.getOutputStream().flush();
                String answer = new String(sending.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 201").containsIgnoringCase("connection: close");
                assertThat(reading.readAllBytes()).hasSize(STORED.length - 1000);
                assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(directory.resolve(Upkeep.RUNNING)).doesNotExist();
        assertThat(files("uploads")).isZero();
        try (ServiceProcess again = ServiceProcess.start(directory)) {
            assertThat(again.bearer().url(stored)).isNotEmpty();
        }
    }
}

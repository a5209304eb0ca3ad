package io.jenkins.plugins.buildkit.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.AbortException;
import hudson.FilePath;
import io.buildkitci.install.Release;
import io.buildkitci.install.Tool;
import io.buildkitci.qemu.HostPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildxDownloadTest {
    /** A release of which no checksum comes with this program. */
    private static final Release UNKNOWN = new Release(Tool.BUILDX, "v9.9.9");

    private static final byte[] PROGRAM = "#!/bin/sh\necho buildx\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    /** The file of which the server sends a part only. */
    private String cut = "none";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().getPath());
            byte[] page = pages.get(exchange.getRequestURI().getPath());
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody()
                    .write(page, 0, exchange.getRequestURI().getPath().endsWith(cut) ? page.length - 5 : page.length);
        }
    }

    private static String file(Release release) {
        return release.file(HostPlatform.from(System.getProperty("os.name"), System.getProperty("os.arch")))
                .orElseThrow();
    }

    private void publishes(Release release, byte[] program, String sum) {
        pages.put("/mirror/" + release.version() + "/" + file(release), program);
        pages.put(
                "/mirror/" + release.version() + "/checksums.txt",
                (sum + " *" + file(release) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private String install(Release release) throws Exception {
        String base = "http://localhost:" + server.getAddress().getPort() + "/mirror/";
        return new FilePath(folder.resolve("tool").toFile()).act(new BuildxDownload(release.version(), base, "", 0));
    }

    private Path program() {
        return folder.resolve("tool").resolve("docker-buildx");
    }

    @Test
    void installsAReleaseWhoseOwnChecksumIsRight() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));

        assertThat(install(UNKNOWN))
                .contains("installed buildx v9.9.9", program().toString());

        assertThat(program()).isExecutable().hasBinaryContent(PROGRAM);
    }

    @Test
    void asksNothingOfTheNetworkWhenItIsInstalled() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));
        install(UNKNOWN);
        asked.clear();

        assertThat(install(UNKNOWN)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void installsAgainWhatIsDamagedOrOfAnotherVersion() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));
        install(UNKNOWN);
        Files.writeString(program(), "short");

        assertThat(install(UNKNOWN)).isNotEmpty();
        assertThat(program()).hasBinaryContent(PROGRAM);

        byte[] newer = "newer".getBytes(StandardCharsets.UTF_8);
        publishes(new Release(Tool.BUILDX, "v9.9.10"), newer, sha256(newer));
        assertThat(install(new Release(Tool.BUILDX, "v9.9.10"))).isNotEmpty();
        assertThat(program()).hasBinaryContent(newer);
    }

    @Test
    void aWrongChecksumLeavesWhatWasThere() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));
        install(UNKNOWN);
        Release tampered = new Release(Tool.BUILDX, "v9.9.10");
        publishes(tampered, "tampered".getBytes(StandardCharsets.UTF_8), sha256(PROGRAM));

        assertThatThrownBy(() -> install(tampered))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("checksum")
                .hasMessageContaining("nothing was installed");
        assertThat(program()).hasBinaryContent(PROGRAM);
        assertNothingIsLeftBeside();
    }

    @Test
    void theChecksumThatCameWithUsCountsWhateverAMirrorSays() throws Exception {
        publishes(Tool.BUILDX.tested(), PROGRAM, sha256(PROGRAM));

        assertThatThrownBy(() -> install(Tool.BUILDX.tested()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining(Release.pinned(file(Tool.BUILDX.tested())).orElseThrow());
        assertThat(program()).doesNotExist();
        assertThat(asked).noneMatch(path -> path.endsWith("checksums.txt"));
    }

    @Test
    void aDownloadThatEndsEarlyInstallsNothing() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));
        cut = file(UNKNOWN);

        assertThatThrownBy(() -> install(UNKNOWN))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("ended early");
        assertThat(program()).doesNotExist();
    }

    @Test
    void aReleaseThatIsNotThereSaysWhere() {
        assertThatThrownBy(() -> install(Tool.BUILDX.tested()))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("/mirror/" + Tool.BUILDX.tested().version())
                .hasMessageContaining("404")
                .hasMessageContaining("mirror");
        assertThat(program()).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        server.stop(0);

        assertThatThrownBy(() -> install(UNKNOWN))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void aReleaseWithoutAnyChecksumIsNotInstalled() throws Exception {
        publishes(UNKNOWN, PROGRAM, sha256(PROGRAM));
        pages.put("/mirror/v9.9.9/checksums.txt", "nothing here\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> install(UNKNOWN))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("there is no checksum of " + file(UNKNOWN));
        assertThat(asked).noneMatch(path -> path.endsWith(file(UNKNOWN)));
    }

    private void assertNothingIsLeftBeside() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tool"))) {
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("docker-buildx", ".installed");
        }
    }
}

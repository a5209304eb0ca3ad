package io.jenkins.plugins.buildkit.tool;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.buildkitci.install.Checksums;
import io.buildkitci.install.Release;
import io.buildkitci.install.Tool;
import io.buildkitci.qemu.HostPlatform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * Puts buildx into a folder of the agent, unless it is there; answers what was done, in a sentence, or nothing.
 *
 * <p>What comes from the network gets its name only when its checksum is right. Several at once do no harm: each downloads
 * into a file of its own, and the last one to end replaces what is the same.
 */
final class BuildxDownload extends MasterToSlaveFileCallable<String> {
    private static final long serialVersionUID = 1L;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final String version;
    private final String base;
    private final String proxyHost;
    private final int proxyPort;

    /** @param proxyHost empty text for none */
    BuildxDownload(String version, String base, String proxyHost, int proxyPort) {
        this.version = version;
        this.base = base;
        this.proxyHost = proxyHost;
        this.proxyPort = proxyPort;
    }

    @Override
    public String invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
        Release release = new Release(Tool.BUILDX, version);
        String osName = System.getProperty("os.name", "");
        String osArch = System.getProperty("os.arch", "");
        String file = release.file(HostPlatform.from(osName, osArch))
                .orElseThrow(() -> new AbortException("buildx is not released for " + osName + " on " + osArch));
        Path program = folder.toPath().resolve("docker-buildx" + (file.endsWith(".exe") ? ".exe" : ""));
        Path installed = folder.toPath().resolve(".installed");
        String sum = Release.pinned(file).orElse("");
        if (isInstalled(program, installed, sum)) {
            return "";
        }
        HttpClient client = client();
        String expected = sum.isEmpty() ? published(client, file) : sum;
        Files.createDirectories(folder.toPath());
        Path fresh = Files.createTempFile(folder.toPath(), "docker-buildx", ".part");
        try {
            URI address = address(file);
            String actual = download(client, address, fresh);
            if (!actual.equals(expected)) {
                throw new AbortException("the checksum of " + address + " is wrong: it should be " + expected
                        + " and is " + actual + "; nothing was installed");
            }
            if (!fresh.toFile().setExecutable(true, false) || !fresh.toFile().setReadable(true, false)) {
                throw new AbortException("'" + fresh + "' cannot be made executable");
            }
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(installed, stamp(expected, program));
            return "installed buildx " + version + " from " + address + " as " + program;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** For a release of no known checksum, the one that was published when it was installed is in the stamp. */
    private boolean isInstalled(Path program, Path installed, String sum) throws IOException {
        if (!Files.isExecutable(program) || !Files.isReadable(installed)) {
            return false;
        }
        String stamp = Files.readString(installed);
        String expected = sum.isEmpty() ? stamp.lines().findFirst().orElse("") : sum;
        return stamp.equals(stamp(expected, program));
    }

    private String stamp(String sum, Path program) throws IOException {
        return sum + "\n" + version + "\n" + Files.size(program) + "\n";
    }

    private HttpClient client() {
        HttpClient.Builder client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30));
        if (!proxyHost.isEmpty()) {
            client.proxy(ProxySelector.of(new InetSocketAddress(proxyHost, proxyPort)));
        }
        return client.build();
    }

    private URI address(String file) {
        return URI.create(base.replaceFirst("/+$", "") + "/" + version + "/" + file);
    }

    private String published(HttpClient client, String file) throws IOException, InterruptedException {
        URI address = address("checksums.txt");
        try (InputStream text = open(client, address)) {
            Optional<String> sum = Checksums.parse(new String(text.readNBytes(1 << 20), StandardCharsets.UTF_8))
                    .of(file);
            return sum.orElseThrow(() -> new AbortException(
                    "there is no checksum of " + file + " in " + address + "; nothing was installed"));
        }
    }

    private static String download(HttpClient client, URI address, Path file) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        try (InputStream content = new DigestInputStream(open(client, address), digest)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new AbortException(
                    "the download of " + address + " ended early (" + e.getMessage() + "); nothing was installed");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static InputStream open(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AbortException(address + " cannot be reached from this agent: " + e);
        }
        if (response.statusCode() != 200) {
            response.body().close();
            throw new AbortException(address + " answered with status " + response.statusCode()
                    + "; check the version and, where there is one, the mirror");
        }
        return response.body();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}

package io.buildkitci.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalBinaries;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalWeb;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.ToolVersion;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A tool cache in a real folder, and a server on this machine with the layout of the releases. */
final class Installing implements AutoCloseable {
    static final Platform LINUX = new Platform("linux", "amd64", "");

    /** Releases of which no checksum comes with this program. */
    static final Release BUILDX = new Release(Tool.BUILDX, "v9.9.9");

    static final Release BUILDKIT = new Release(Tool.BUILDKIT, "v9.9.9");

    static final String FILE = BUILDX.file(LINUX).orElseThrow();
    static final byte[] PROGRAM = "#!/bin/sh\necho buildx\n".repeat(5000).getBytes(UTF_8);

    final ReleaseServer server = new ReleaseServer();
    final List<Duration> pauses = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    private final Path root;

    /** @param root where the tool cache is */
    Installing(Path root) {
        this.root = root;
    }

    Path cache() {
        return root.resolve("cache");
    }

    Installation install(Tool tool, String version, Source source) throws InterruptedException {
        return install(tool, version, source, LINUX, new LocalFiles());
    }

    Installation install(Tool tool, String version, Source source, Platform machine, HostFiles files)
            throws InterruptedException {
        LocalWeb web = new LocalWeb(Map.of());
        InstantSource clock = InstantSource.system();
        Installer.Ports ports = new Installer.Ports(web, new LocalBinaries(), files, clock);
        return new Installer(ports, cache(), machine, log::add)
                .install(tool, Optional.of(wanted(version)), source, new Fetching(web, pauses::add, clock, log::add));
    }

    static ToolVersion wanted(String version) {
        try {
            return ToolVersion.parse(version);
        } catch (InvalidValue e) {
            throw new AssertionError(e);
        }
    }

    static Installation.Installed installed(Installation installation) {
        assertThat(installation).isInstanceOf(Installation.Installed.class);
        return (Installation.Installed) installation;
    }

    static InstallFailure failed(Installation installation) {
        assertThat(installation).isInstanceOf(Installation.Failed.class);
        return ((Installation.Failed) installation).failure();
    }

    void publish(Release release, byte[] program) {
        String file = release.file(LINUX).orElseThrow();
        server.file(release, file, program).sums(release, file, ReleaseServer.sha256(program));
    }

    /** Paths of all files below the cache. */
    List<String> kept() throws IOException {
        if (!Files.exists(cache())) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(cache())) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> cache().relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

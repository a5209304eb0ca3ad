package io.buildkitci.install;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.InstallFailure.Stop;
import io.buildkitci.model.Platform;
import io.buildkitci.model.ToolVersion;
import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Web;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Gets a tool: finds out which release is meant, fetches it unless it is in the tool cache, verifies it against a checksum
 * that did not come with it, and keeps it. Several processes may do so at once.
 */
public final class Installer {
    private final Ports ports;
    private final ToolCache cache;
    private final Platform machine;
    private final Consumer<String> log;

    /** What it works with. */
    public record Ports(Web web, BinaryFiles binaries, HostFiles files, InstantSource clock) {}

    /**
     * @param machine what the tool has to run on
     * @param log told what is fetched from where, and what is tried again
     */
    public Installer(Ports ports, Path cache, Platform machine, Consumer<String> log) {
        this.ports = ports;
        this.cache = new ToolCache(cache, ports.files(), ports.binaries());
        this.machine = machine;
        this.log = log;
    }

    /** Whether a release that is there is one of those that are wanted; of names that move nobody can say without asking. */
    public static boolean isWanted(Tool tool, ToolVersion wanted, String there) {
        String version = there.startsWith("v") ? there : "v" + there;
        if (wanted instanceof ToolVersion.Exact exact) {
            return exact.version().equals(version);
        }
        return wanted instanceof ToolVersion.Range
                && tool.version(tool.tag(version)).isPresent()
                && ReleaseFinder.isWanted(
                        new Published(new Release(tool, version), false, Checksums.parse("")), wanted);
    }

    /** @throws InterruptedException with nothing left of what was begun */
    public Installation install(Tool tool, Optional<ToolVersion> version, Source source) throws InterruptedException {
        Fetching fetching =
                new Fetching(ports.web(), duration -> Thread.sleep(duration.toMillis()), ports.clock(), log);
        return install(tool, version, source, fetching);
    }

    Installation install(Tool tool, Optional<ToolVersion> version, Source source, Fetching fetching)
            throws InterruptedException {
        ReleaseFinder releases = new ReleaseFinder(fetching, source);
        try {
            ToolVersion wanted =
                    version.orElse(new ToolVersion.Exact(tool.tested().version()));
            Published published = releases.find(tool, wanted);
            return new Installation.Installed(
                    published.release(),
                    cache.folder(published.release(), machine),
                    cache.folder(published.release(), machine)
                            .resolve(tool.programs(machine).get(0)),
                    isFetched(published, releases, source, fetching));
        } catch (Stop stop) {
            return new Installation.Failed(stop.failure());
        } catch (IOException | UncheckedIOException e) {
            return new Installation.Failed(notKept(e).failure());
        }
    }

    /** @return false for what was there already, whole */
    private boolean isFetched(Published published, ReleaseFinder releases, Source source, Fetching fetching)
            throws IOException, InterruptedException, Stop {
        Release release = published.release();
        String file = release.file(machine).orElseThrow(() -> unpublished(release));
        ToolCache.State state = cache.look(release, machine);
        if (state == ToolCache.State.WHOLE) {
            return false;
        }
        if (state == ToolCache.State.DAMAGED) {
            log.accept(cache.folder(release, machine) + " is not what was put there; fetching it anew");
        }
        String expected = releases.checksum(published, file);
        URI address = source.file(release, file);
        log.accept("fetching " + address);
        try (Workspace workspace = cache.open()) {
            Path fetched = workspace.path().resolve("fetched");
            String actual = fetching.get(address, Optional.empty(), content -> save(content, fetched))
                    .orElseThrow(() -> Fetching.notFound(address));
            if (!actual.equals(expected)) {
                throw new Stop(
                        Reason.NOT_TRUSTED,
                        "the checksum of " + address + " is wrong: it should be " + expected + " and is " + actual
                                + "; nothing was installed",
                        "do not use that file: it is damaged, or somebody changed it");
            }
            Path folder = workspace.path().resolve("folder");
            Map<String, String> sums = unpack(release, fetched, folder, address);
            write(folder.resolve(ToolCache.SUMS), sums);
            ports.binaries().share(folder);
            cache.keep(folder, release, machine);
        }
        return true;
    }

    private String save(InputStream content, Path file) throws IOException, Stop {
        ports.files().remove(file);
        try (OutputStream to = new Disk(ports.binaries().create(file))) {
            return Sha256.copy(content, to);
        } catch (Disk.Refused e) {
            throw notKept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** @return the sum of each program, by its path in the folder */
    private Map<String, String> unpack(Release release, Path fetched, Path folder, URI address)
            throws IOException, InterruptedException, Stop {
        Map<String, String> sums = new TreeMap<>();
        try (InputStream content = ports.binaries().open(fetched)) {
            if (address.getPath().endsWith(".tar.gz")) {
                TarGz.unpack(content, path -> ports.binaries().create(folder.resolve(path)));
            } else {
                Path program = folder.resolve(release.tool().programs(machine).get(0));
                try (OutputStream to = ports.binaries().create(program)) {
                    Sha256.copy(content, to);
                }
            }
        } catch (TarGz.Bad e) {
            throw new Stop(
                    Reason.NOT_TRUSTED,
                    address + " is not unpacked: " + e.getMessage(),
                    "it is what was published; tell its project");
        }
        for (Path program : programsIn(folder, folder)) {
            ports.binaries().makeExecutable(program);
            try (InputStream content = ports.binaries().open(program)) {
                sums.put(folder.relativize(program).toString().replace('\\', '/'), Sha256.of(content));
            }
        }
        for (String program : release.tool().programs(machine)) {
            if (!sums.containsKey(program)) {
                throw new Stop(
                        Reason.NOT_PUBLISHED,
                        "there is no " + program + " in " + address,
                        "take another release of " + release.tool().title());
            }
        }
        return sums;
    }

    /** Every file below a directory; directories are opened for everybody on the way. */
    private Iterable<Path> programsIn(Path directory, Path root) throws IOException {
        java.util.List<Path> programs = new java.util.ArrayList<>();
        for (String name : ports.files().list(directory)) {
            Path path = directory.resolve(name);
            if (ports.files().isDirectory(path)) {
                ports.binaries().share(path);
                programsIn(path, root).forEach(programs::add);
            } else {
                programs.add(path);
            }
        }
        return programs;
    }

    private void write(Path file, Map<String, String> sums) throws IOException {
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        try (OutputStream to = ports.binaries().create(file)) {
            to.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Stop unpublished(Release release) {
        return new Stop(
                Reason.NOT_PUBLISHED,
                release.tool().title() + " is not published for " + machine.render(),
                "build it from source, and name the program");
    }

    private Stop notKept(Exception e) {
        return new Stop(
                Reason.NOT_KEPT,
                "it could not be kept in " + cache.root() + ": " + e.getMessage(),
                "make room there or make it writable, or set RUNNER_TOOL_CACHE to a directory that is");
    }

    /** A file, whose refusal to take more is told apart from a network that ends. */
    private static final class Disk extends FilterOutputStream {
        /** That it does not take more. */
        static final class Refused extends IOException {
            private static final long serialVersionUID = 1L;

            Refused(IOException cause) {
                super(cause.getMessage(), cause);
            }
        }

        Disk(OutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new Refused(e);
            }
        }
    }
}

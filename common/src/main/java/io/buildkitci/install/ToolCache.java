package io.buildkitci.install;

import io.buildkitci.model.Platform;
import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where tools that were installed are kept: a folder for each release and machine, in which a file of checksums says what
 * it holds. A folder is there as a whole or not at all, whatever is killed.
 */
public final class ToolCache {
    /** In each folder, in the form of {@code sha256sum}. */
    static final String SUMS = "SHA256SUMS";

    private final Path root;
    private final HostFiles files;
    private final BinaryFiles binaries;

    public ToolCache(Path root, HostFiles files, BinaryFiles binaries) {
        this.root = root;
        this.files = files;
        this.binaries = binaries;
    }

    /** The runner's tool cache where there is one, else below this user's caches. */
    public static Path place(Map<String, String> environment, Path home) {
        return absolute(environment, "RUNNER_TOOL_CACHE")
                .map(cache -> cache.resolve("buildkit-ci"))
                .orElseGet(() -> absolute(environment, "XDG_CACHE_HOME")
                        .orElse(home.resolve(".cache"))
                        .resolve("buildkit-ci")
                        .resolve("tools"));
    }

    private static Optional<Path> absolute(Map<String, String> environment, String name) {
        try {
            return Optional.of(Path.of(environment.getOrDefault(name, ""))).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    Path root() {
        return root;
    }

    Path folder(Release release, Platform machine) {
        return root.resolve(release.tool().folder())
                .resolve(release.version() + "-" + machine.render().replace('/', '-'));
    }

    /** A private directory on the cache's file system, for what is not complete yet. */
    Workspaces.Workspace open() throws IOException {
        return binaries.workspacesIn(root).open();
    }

    /** How a release that was installed is found to be. */
    enum State {
        ABSENT,
        /** Not what was put there. */
        DAMAGED,
        WHOLE
    }

    /** Reads all of it. */
    State look(Release release, Platform machine) throws InterruptedException {
        Path folder = folder(release, machine);
        Optional<String> sums = files.read(folder.resolve(SUMS));
        if (sums.isEmpty()) {
            return files.isDirectory(folder) ? State.DAMAGED : State.ABSENT;
        }
        Checksums kept = Checksums.parse(sums.get());
        boolean complete = release.tool().programs(machine).stream()
                .allMatch(program -> kept.of(program).isPresent());
        return complete && isPinned(release, machine, kept) && isKept(folder, kept) ? State.WHOLE : State.DAMAGED;
    }

    /** A release of one plain program is compared with what it was published as, too. */
    private static boolean isPinned(Release release, Platform machine, Checksums kept) {
        String file = release.file(machine).orElse("");
        Optional<String> pinned = Release.pinned(file);
        String program = release.tool().programs(machine).get(0);
        return file.endsWith(".tar.gz") || pinned.isEmpty() || pinned.equals(kept.of(program));
    }

    private boolean isKept(Path folder, Checksums kept) throws InterruptedException {
        for (Map.Entry<String, String> file : kept.byFile().entrySet()) {
            Path path = folder.resolve(file.getKey()).normalize();
            if (!path.startsWith(folder) || !files.isExecutable(path)) {
                return false;
            }
            try (InputStream content = binaries.open(path)) {
                if (!Sha256.of(content).equals(file.getValue())) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Puts a complete folder in its place, unless another process has put a whole one there meanwhile. */
    void keep(Path fresh, Release release, Platform machine) throws IOException, InterruptedException {
        if (look(release, machine) != State.WHOLE) {
            files.replaceDirectory(fresh, folder(release, machine));
        }
    }
}

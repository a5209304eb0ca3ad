package io.buildkitci.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes workspaces of this user that a killed process left behind, and ends the programs that it had started for them;
 * what cannot be removed stays.
 */
final class WorkspaceSweep {
    /** Holds the paths of what the run wrote elsewhere. */
    static final String ELSEWHERE = ".elsewhere";

    /** A directory without a lock file is older than this only when its process was killed between creating both. */
    private static final Duration BEING_MADE = Duration.ofMinutes(5);

    private final Path base;

    /** A directory that this user has made. */
    private final Path own;

    WorkspaceSweep(Path base, Path own) {
        this.base = base;
        this.own = own;
    }

    void removeAbandoned() {
        ofThisUser().forEach(WorkspaceSweep::removeIfAbandoned);
    }

    /** Those that would be removed. */
    List<Path> abandoned() {
        return ofThisUser().stream().filter(WorkspaceSweep::isAbandoned).toList();
    }

    private List<Path> ofThisUser() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> workspaces = Files.newDirectoryStream(base, LocalWorkspaces.PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(own);
            for (Path workspace : workspaces) {
                if (isOf(user, workspace)) {
                    found.add(workspace);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // the next run looks again
        }
        return found;
    }

    private static boolean isAbandoned(Path workspace) {
        try {
            Optional<WorkspaceLock> lock = WorkspaceLock.takeFromTheDead(workspace);
            if (lock.isPresent()) {
                lock.get().close();
                return true;
            }
            return wasNeverFinished(workspace);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isOf(UserPrincipal user, Path workspace) {
        try {
            return Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getOwner(workspace, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void removeIfAbandoned(Path workspace) {
        Optional<WorkspaceLock> lock = WorkspaceLock.takeFromTheDead(workspace);
        try {
            if (lock.isPresent()) {
                WorkspaceLock held = lock.get();
                try (held) {
                    Orphans.end(workspace);
                    removeElsewhere(workspace);
                    Removal.remove(workspace);
                }
            } else if (wasNeverFinished(workspace)) {
                Removal.remove(workspace);
            }
        } catch (IOException e) {
            // the next run tries again
        }
    }

    /** Only what has the directory's own name, which nobody else's files have. */
    private static void removeElsewhere(Path workspace) throws IOException {
        Path note = workspace.resolve(ELSEWHERE);
        if (!Files.exists(note)) {
            return;
        }
        String name = String.valueOf(workspace.getFileName());
        for (String path : Files.readString(note).split("\0", -1)) {
            Path written = Path.of(path);
            if (String.valueOf(written.getFileName()).endsWith(".fresh-" + name)) {
                Removal.remove(written);
            }
        }
    }

    private static boolean wasNeverFinished(Path workspace) throws IOException {
        return !WorkspaceLock.isIn(workspace)
                && Files.getLastModifiedTime(workspace)
                        .toInstant()
                        .isBefore(Instant.now().minus(BEING_MADE));
    }
}

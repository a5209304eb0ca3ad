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
import java.util.Optional;

/**
 * Removes workspaces of this user that a killed process left behind, and ends the programs that it had started for them;
 * what cannot be removed stays.
 */
final class WorkspaceSweep {
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
        try (DirectoryStream<Path> workspaces = Files.newDirectoryStream(base, LocalWorkspaces.PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(own);
            for (Path workspace : workspaces) {
                if (isOf(user, workspace)) {
                    removeIfAbandoned(workspace);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // the next run tries again
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
                    Removal.remove(workspace);
                }
            } else if (wasNeverFinished(workspace)) {
                Removal.remove(workspace);
            }
        } catch (IOException e) {
            // the next run tries again
        }
    }

    private static boolean wasNeverFinished(Path workspace) throws IOException {
        return !WorkspaceLock.isIn(workspace)
                && Files.getLastModifiedTime(workspace)
                        .toInstant()
                        .isBefore(Instant.now().minus(BEING_MADE));
    }
}

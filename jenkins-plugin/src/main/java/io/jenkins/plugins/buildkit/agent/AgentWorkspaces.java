package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Private directories beside the step's workspace, where containers of the step see them too. Each carries the name of
 * the build that it is for: Jenkins knows whether that is over, also after a restart, when the processes on the agent
 * have outlived everything that could hold a lock. See {@link #isLeftBehind}.
 */
final class AgentWorkspaces implements Workspaces {
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final Reach reach;
    private final String directory;
    private final String run;
    private final Runs runs;

    /**
     * @param directory for the temporary files of the workspace, with slashes
     * @param run the build; empty when it is not known
     */
    AgentWorkspaces(Reach reach, String directory, String run, Runs runs) {
        this.reach = reach;
        this.directory = directory;
        this.run = run;
        this.runs = runs;
    }

    @Override
    public Workspace open() throws IOException {
        String name = WorkspaceWork.PREFIX + UUID.randomUUID().toString().replace("-", "");
        String[] others = reach.ask(directory, new WorkspaceWork.Open(name, run));
        removeLeftBehind(others);
        return new AgentWorkspace(Path.of(directory).resolve(name));
    }

    /** A directory that an earlier process made, or this one. */
    Workspace of(Path workspace) {
        if (!workspace.getFileName().toString().startsWith(WorkspaceWork.PREFIX)) {
            throw new IllegalArgumentException(workspace + " is no private directory of ours");
        }
        return new AgentWorkspace(workspace);
    }

    void keep(Path workspace, Map<String, byte[]> files) throws IOException {
        if (!reach.ask(of(workspace).path().toString(), new WorkspaceWork.Keep(files))) {
            throw new NoSuchFileException(workspace.toString(), null, "the private directory is gone");
        }
    }

    private void removeLeftBehind(String[] others) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i + 2 < others.length; i += 3) {
            if (isLeftBehind(others[i + 1], Duration.ofMillis(Long.parseLong(others[i + 2])))) {
                left.add(others[i]);
            }
        }
        try {
            if (!left.isEmpty()) {
                reach.ask(directory, new WorkspaceWork.Remove(new ArrayList<>(left)));
            }
        } catch (IOException e) {
            // the next build tries again
        }
    }

    /**
     * Whether nobody uses it any more. One of the same build is another branch of it, or goes when the build is over. One
     * that cannot be assigned to a build goes when nothing in it has changed for longer than any build is silent.
     */
    private boolean isLeftBehind(String owner, Duration unchanged) {
        if (owner.equals(run) && !run.isEmpty()) {
            return false;
        }
        return switch (owner.isEmpty() ? Runs.State.UNKNOWN : runs.state(owner)) {
            case BUILDING -> false;
            case OVER -> true;
            case UNKNOWN -> unchanged.compareTo(FORGOTTEN) > 0;
        };
    }

    private final class AgentWorkspace implements Workspace {
        private final Path path;

        AgentWorkspace(Path path) {
            this.path = path;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public Path write(String name, String content) throws IOException {
            return write(name, content.getBytes(StandardCharsets.UTF_8), false);
        }

        @Override
        public Path writeExecutable(String name, byte[] content) throws IOException {
            return write(name, content, true);
        }

        private Path write(String name, byte[] content, boolean executable) throws IOException {
            boolean plain = !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\\') < 0;
            if (!plain || name.equals(".") || name.equals("..") || name.equals(WorkspaceWork.OWNER)) {
                throw new IllegalArgumentException("'" + name + "' is not the plain name of a file");
            }
            if (!reach.ask(path.toString(), new WorkspaceWork.Write(name, content, executable))) {
                throw new NoSuchFileException(path.toString(), null, "the private directory is gone");
            }
            return path.resolve(name);
        }

        @Override
        public void close() {
            try {
                reach.ask(path.toString(), new FileWork.Remove());
            } catch (IOException e) {
                throw new UncheckedIOException("private files remain in " + path, e);
            }
        }
    }
}

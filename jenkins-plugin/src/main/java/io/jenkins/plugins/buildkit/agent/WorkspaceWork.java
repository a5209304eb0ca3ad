package io.jenkins.plugins.buildkit.agent;

import hudson.remoting.VirtualChannel;
import io.buildkitci.local.LocalFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/** What {@link AgentWorkspaces} has done on the agent. */
final class WorkspaceWork {
    static final String PREFIX = "buildkit-ci-";
    /** Holds the name of the build that a directory is for. */
    static final String OWNER = ".run";

    private WorkspaceWork() {}

    /** Makes one; the answer tells of each other one its name, its build and for how many milliseconds it is unchanged. */
    record Open(String name, String run) implements ControllerToAgentFileCallable<String[]> {
        @Override
        public String[] invoke(File parent, VirtualChannel channel) throws IOException {
            Path base = parent.toPath();
            Files.createDirectories(base);
            LocalFiles files = new LocalFiles();
            files.writePrivate(base.resolve(name).resolve(OWNER), run.getBytes(StandardCharsets.UTF_8));
            List<String> others = new ArrayList<>();
            for (String other : files.list(base)) {
                Path directory = base.resolve(other);
                if (other.startsWith(PREFIX) && !other.equals(name) && isOurs(directory, base.resolve(name))) {
                    others.add(other);
                    others.add(files.read(directory.resolve(OWNER)).orElse(""));
                    others.add(Long.toString(System.currentTimeMillis() - lastChange(directory)));
                }
            }
            return others.toArray(String[]::new);
        }

        private static boolean isOurs(Path directory, Path own) {
            try {
                return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own));
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
        }

        private static long lastChange(Path directory) {
            long last = directory.toFile().lastModified();
            for (String name : new LocalFiles().list(directory)) {
                last = Math.max(last, directory.resolve(name).toFile().lastModified());
            }
            return last;
        }
    }

    /** Writes a file into one that is there; otherwise the answer is false. */
    static final class Write implements ControllerToAgentFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final byte[] content;
        private final boolean executable;

        Write(String name, byte[] content, boolean executable) {
            this.name = name;
            this.content = content.clone();
            this.executable = executable;
        }

        @Override
        public Boolean invoke(File directory, VirtualChannel channel) throws IOException {
            if (!Files.isDirectory(directory.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            File file = new File(directory, name);
            new LocalFiles().writePrivate(file.toPath(), content);
            if (executable && !file.setExecutable(true, true)) {
                throw new FileSystemException(file.toString(), null, "it cannot be made executable");
            }
            return true;
        }
    }

    /** Writes those files that are not there yet; false without a directory for them. */
    static final class Keep implements ControllerToAgentFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final TreeMap<String, byte[]> files;

        Keep(Map<String, byte[]> files) {
            this.files = new TreeMap<>(files);
        }

        @Override
        public Boolean invoke(File directory, VirtualChannel channel) throws IOException {
            if (!Files.isDirectory(directory.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = directory.toPath().resolve(file.getKey());
                if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    new LocalFiles().writePrivate(path, file.getValue());
                }
            }
            return true;
        }
    }

    /** Removes those of these names, as far as they can be removed. */
    record Remove(ArrayList<String> names) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File parent, VirtualChannel channel) throws IOException {
            LocalFiles files = new LocalFiles();
            for (String name : names) {
                files.remove(parent.toPath().resolve(name));
            }
            return true;
        }
    }
}

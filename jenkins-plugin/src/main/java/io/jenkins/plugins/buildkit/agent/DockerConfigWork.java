package io.jenkins.plugins.buildkit.agent;

import hudson.remoting.VirtualChannel;
import io.buildkitci.local.LocalFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/** What {@link DockerConfig} has done on the agent. */
final class DockerConfigWork {
    private DockerConfigWork() {}

    static String changed(String text, TextChange change, String directory) throws IOException {
        try {
            return change.apply(text);
        } catch (IOException e) { // its message can repeat the text
            throw new IOException(directory + "/" + DockerConfig.FILE + " cannot be read as Docker's configuration");
        }
    }

    /** Reads, changes and writes where the files are. */
    record Copy(String directory, TextChange change) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File copy, VirtualChannel channel) throws IOException {
            LocalFiles files = new LocalFiles();
            Path source = Path.of(directory);
            String text = files.read(source.resolve(DockerConfig.FILE)).orElse("");
            return put(copy.toPath(), changed(text, change, directory), source, files.list(source));
        }
    }

    /** Writes what was read and changed elsewhere. */
    static final class Put implements ControllerToAgentFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final String directory;
        private final String text;
        private final ArrayList<String> names;

        Put(String directory, String text, List<String> names) {
            this.directory = directory;
            this.text = text;
            this.names = new ArrayList<>(names);
        }

        @Override
        public Boolean invoke(File copy, VirtualChannel channel) throws IOException {
            return put(copy.toPath(), text, Path.of(directory), names);
        }
    }

    /** The text comes last: with it the copy is there. */
    private static boolean put(Path copy, String text, Path source, List<String> names) throws IOException {
        Path file = copy.resolve(DockerConfig.FILE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        LocalFiles files = new LocalFiles();
        files.writePrivate(copy.resolve(".new"), new byte[0]);
        for (String name : names) {
            if (!name.equals(DockerConfig.FILE)) {
                link(copy.resolve(name), source.resolve(name));
            }
        }
        files.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
        files.remove(copy.resolve(".new"));
        return true;
    }

    /** Where links may not be made, as on most Windows, contexts are copied: they are what builders need. */
    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException e) {
            // by the attempt that a lost connection cut short
        } catch (IOException | UnsupportedOperationException e) {
            if (target.endsWith("contexts")) {
                copy(link, target);
            }
        }
    }

    private static void copy(Path copy, Path source) throws IOException {
        if (Files.isDirectory(source)) {
            for (String name : new LocalFiles().list(source)) {
                copy(copy.resolve(name), source.resolve(name));
            }
        } else {
            new LocalFiles().writePrivate(copy, Files.readAllBytes(source));
        }
    }
}

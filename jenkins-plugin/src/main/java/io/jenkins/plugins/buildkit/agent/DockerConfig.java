package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Docker configuration of the step's processes, and changed copies of it: a {@code config.json} of its own, and links
 * to all that lies beside the person's, so that contexts and plugins are found as before.
 */
final class DockerConfig {
    static final String FILE = "config.json";
    /** In a private directory. */
    private static final String COPY = "docker";

    private final Reach reach;
    private final String directory;
    private final Optional<HostFiles> inside;

    /**
     * @param directory the person's, as processes of the step call it
     * @param inside how the step's processes see it, where the agent does not
     */
    DockerConfig(FilePath workspace, Path directory, Optional<HostFiles> inside) {
        this.reach = new Reach(workspace);
        this.directory =
                inside.isPresent() ? directory.toString() : new FilePath(workspace, directory.toString()).getRemote();
        this.inside = inside;
    }

    /**
     * Makes a copy; one that is there already is left as it is.
     *
     * @param workspace private
     */
    Path copy(Path workspace, TextChange change) throws IOException {
        Path copy = workspace.resolve(COPY);
        if (inside.isEmpty()) {
            reach.ask(copy.toString(), new DockerConfigWork.Copy(directory, change));
            return copy;
        }
        HostFiles files = inside.get();
        String text = files.read(Path.of(directory, FILE)).orElse("");
        List<String> names = files.list(Path.of(directory));
        String changed = DockerConfigWork.changed(text, change, directory);
        reach.ask(copy.toString(), new DockerConfigWork.Put(directory, changed, new ArrayList<>(names)));
        return copy;
    }
}
